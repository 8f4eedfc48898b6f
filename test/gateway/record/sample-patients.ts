import { type GraphQLSchema, getNamedType, isEnumType, isInterfaceType } from 'graphql'
import { sectionNames } from './contract-schema.ts'
import { inOrder, type SamplePatient } from './federated.ts'
import { mergedList } from './merged-list.ts'
import { Random } from './random.ts'
import { type SampleSource, type StoredEntry, storedEntry } from './sample-source.ts'

const TIMES = [
  null,
  '2024-05-01T09:00:00.000Z',
  '2024-05-02T09:00:00.000Z',
  '2023-01-01T00:00:00.000Z',
]
const RECORDED = [
  null,
  '2024-05-03',
  '2024-05-02T10:00:00+01:00',
  '2024-05-02T09:30:00.000Z',
  '2024',
]

/** A patient whose sources hold random entries: ties in time, shared identifiers, lookalikes. */
export function samplePatient(
  schema: GraphQLSchema,
  seed: number,
  nhsNumber = 'p1',
): SamplePatient {
  const random = new Random(seed)
  const codes = ['nel', 'sel', 'swl'] as const
  const sources = codes
    .filter(() => !random.oneIn(6))
    .map((code) => source(schema, code, random, nhsNumber))
  return { nhsNumber, sources }
}

/** The cursors of all merged entries of a section, and null for its beginning. */
export function mergedCursors(
  patient: SamplePatient | undefined,
  section: string,
): (string | null)[] {
  const given = (patient?.sources ?? []).filter(
    ({ fails }) => !fails.has('all') && !fails.has(section),
  )
  const list = mergedList(given.map(({ sections }) => sections.get(section) ?? []))
  return [null, ...list.map(({ cursor }) => cursor)]
}

function source(
  schema: GraphQLSchema,
  code: SampleSource['code'],
  random: Random,
  own: string,
): SampleSource {
  const names = sectionNames(schema)
  const sharesNot = new Set(names.filter(() => random.oneIn(10)))
  const shared = names.filter((name) => !sharesNot.has(name))
  const sections = names.map(
    (name) =>
      [name, sharesNot.has(name) ? [] : entries(schema, name, { code, random, own })] as const,
  )
  return {
    code,
    asOf: random.oneIn(4) ? null : '2024-06-01T00:00:00.000Z',
    sections: new Map(sections),
    statesNone: new Set(shared.filter(() => random.oneIn(3))),
    fails: new Set([...(random.oneIn(6) ? ['all'] : []), ...names.filter(() => random.oneIn(8))]),
    keepsBack: new Set(shared.filter(() => random.oneIn(8))),
    sharesNot,
  }
}

function entries(
  schema: GraphQLSchema,
  section: string,
  of: { readonly code: string; readonly random: Random; readonly own: string },
): readonly StoredEntry[] {
  const { code, random, own } = of
  const states = statesOf(schema, section)
  const count = random.oneIn(4) ? 0 : random.below(6)
  const made = Array.from({ length: count }, (_, index) =>
    storedEntry(schema, section, `${code}-${section}-${index}`, {
      time: random.pick(TIMES),
      identifier: random.oneIn(2) ? `${own} shared ${random.below(3)}` : undefined,
      content: random.oneIn(3) ? 'another' : 'the same',
      likeness: random.oneIn(2) ? `like ${random.below(3)}` : null,
      recordedAt: random.pick(RECORDED),
      status: random.pick(states),
    }),
  )
  return inOrder(made)
}

/** The words for the state of a section's entries. */
function statesOf(schema: GraphQLSchema, section: string): string[] {
  const record = schema.getType('CareRecord')
  const field = isInterfaceType(record) ? record.getFields()[section] : undefined
  const argument = field?.args.find(({ name }) => name === 'status')
  const type = argument && getNamedType(argument.type)
  return isEnumType(type) ? type.getValues().map(({ name }) => name) : []
}
