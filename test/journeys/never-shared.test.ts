import { createHash } from 'node:crypto'
import { buildASTSchema, type GraphQLSchema, getNamedType, isInterfaceType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAssertionSigner } from '../../gateway/federation/assertion.ts'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { recordTypeName } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { type Answer, startSystem, type TestSystem } from '../support/system.ts'
import { wholeSelection } from '../support/whole-selection.ts'
import {
  anchor,
  anchorsOf,
  excludedCodings,
  excludedLabels,
  hanging,
  holding,
  oddCodings,
} from './never-shared-examples.ts'
import { type Planted, places, plant, plantedTypes } from './planted.ts'

/** Has planted and ordinary entries in every source. */
const MANY = '9990000239'
/** All that any source holds of this one is excluded. */
const NOTHING_ELSE = '9990000247'

const codings = [...excludedCodings, ...oddCodings]

let system: TestSystem
let contributors: readonly Participant[]
let contract: GraphQLSchema
let everything = ''
const answers: Answer[] = []

beforeAll(async () => {
  contract = buildASTSchema(await readContract(), { assumeValid: true })
  // A test machine may be busy, and these are the largest answers there are.
  const env = { LCR_SOURCE_DEADLINE_MS: '30000', LCR_DEADLINE_MS: '60000' }
  system = await startSystem({ patients: [MANY, NOTHING_ELSE], env })
  contributors = system.participants.filter(({ participation }) => participation !== 'VIEW_ONLY')
  await Promise.all(contributors.map((participant, turn) => load(participant, turn)))
  await system.catchUp()
  for (const query of [mergedQuery(), ...contributors.map(sourceQuery)])
    for (const nhsNumber of [MANY, NOTHING_ELSE])
      answers.push(await system.ask(query, { variables: { nhsNumber } }))
  answers.push(await system.ask(SEARCH))
  answers.push(await system.ask('{ participants { code service { status patients items } } }'))
  everything = [...answers.map(({ text }) => text), ...(await feeds())].join('\n')
}, 120_000)

afterAll(() => system?.close())

describe('what is never shared, planted in every type, in every source', () => {
  it('is answered without an error, by every source', () => {
    for (const { status, errors } of answers) expect([status, errors]).toEqual([200, undefined])
    const { sources } = answers[0]?.data.patient ?? {}
    const outcomes = sources.map((one: { outcome: string }) => one.outcome)
    expect(outcomes.filter((one: string) => one === 'ANSWERED')).toHaveLength(contributors.length)
  })

  it('stands in no byte of any answer or feed: no words, no display, no code', () => {
    const words = everything.match(/Planted[^"\\]*|Excluded display[^"\\]*/g) ?? []
    expect([...new Set(words)]).toEqual([])
    const text = withoutHashes()
    const seen = codings.filter(({ code }) => {
      const digits = code.trim()
      // Three digits may be milliseconds: as a code they stand alone in quotation marks.
      return text.includes(digits.length > 3 ? digits : `"${digits}"`)
    })
    expect(seen).toEqual([])
  })

  it('is pointed at by no id, in no cursor and in no relationship', () => {
    expect(everything).not.toMatch(/(?:planted|hanging|held|excluded)[\w.-]*"/)
    const answered = answers.map(({ text }) => text).join('')
    const cursors = answered.match(/(?<="(?:cursor|endCursor)":")[\w-]+/g) ?? []
    const ids = new Set(cursors.map((cursor) => JSON.parse(decoded(cursor))[2] as string))
    expect(cursors.length).toBeGreaterThan(100)
    for (const [turn, { code }] of contributors.entries()) {
      for (const { resourceType, id } of plantedIn(MANY, turn)) {
        const itemId = idOf(code, resourceType, id)
        expect(ids.has(itemId)).toBe(false)
        expect(everything.includes(itemId)).toBe(false)
      }
    }
  })

  it('leaves the ordinary entries beside it, each of them', () => {
    const merged = answers[0]?.text ?? ''
    const missing = contributors.flatMap(({ code }) =>
      plantedTypes.filter((type) => !merged.includes(`Ordinary ${type} ${code}`)),
    )
    expect(missing).toEqual([])
    for (const [index, participant] of contributors.entries()) {
      const { text } = answers[2 + 2 * index] as Answer
      for (const type of plantedTypes)
        expect(text).toContain(`Ordinary ${type} ${participant.code}`)
    }
  })

  it('counts nowhere, and is no record of whoever has nothing else', async () => {
    const { data } = await system.ask('{ participants { code service { patients items } } }')
    for (const { code, service } of data.participants) {
      if (!contributors.some((one) => one.code === code)) continue
      expect([code, service.items, service.patients]).toEqual([code, plantedTypes.length, 1])
    }
    const { sources } = answers[1]?.data.patient ?? {}
    expect(sources.map((one: { outcome: string }) => one.outcome)).not.toContain('ANSWERED')
  })

  it('gives no care relationship', async () => {
    for (const { code } of contributors) {
      const db = system.databaseOf(code)
      const rows = await db.selectFrom('care_relationship').select('resource_id').execute()
      await db.destroy()
      expect(rows.every((row) => row.resource_id.startsWith('ordinary'))).toBe(true)
    }
  })

  it('is spoken of in the same bytes for every patient', () => {
    const notices = answers.flatMap(({ extensions }) => extensions?.notice ?? [])
    expect(notices.length).toBeGreaterThan(contributors.length)
    expect(new Set(notices).size).toBe(1)
  })
})

/**
 * Loads a participant's planted and ordinary resources. The links come first, and what they lead to
 * with them or in a load of its own.
 */
async function load(participant: Participant, turn: number): Promise<void> {
  const { code } = participant
  const db = system.databaseOf(code)
  const ordinary = plantedTypes.map((type) =>
    plant(type, { id: `ordinary-${type}`, words: `Ordinary ${type} ${code}`, nhsNumber: MANY }),
  )
  const first = [patient(MANY), ...linksOf(MANY), ...heldOf(MANY), ...ordinary]
  const second = [...anchors(MANY), ...holdersOf(MANY), ...codedOf(MANY, turn), ...labelledOf(MANY)]
  const alone = [patient(NOTHING_ELSE), ...codedOf(NOTHING_ELSE, turn).slice(0, 40)]
  const loads = turn % 2 === 0 ? [[...first, ...second, ...alone]] : [first, second, alone]
  for (const resources of loads) {
    const report = await loadBundles(db, participant, [
      { name: 'planted', bundle: bundle(resources) },
    ])
    expect(report.refusalCounts).toEqual({})
  }
  await db.destroy()
}

function bundle(resources: readonly object[]) {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  }
}

function patient(nhsNumber: string) {
  return {
    resourceType: 'Patient',
    id: nhsNumber,
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber }],
    name: [{ given: ['Quinn'], family: 'Example' }],
    birthDate: '1980-01-01',
  }
}

const words = (what: string) => `Planted ${what}`

/** Every example in every type; the places within a type take turns from source to source. */
function codedOf(nhsNumber: string, turn: number): Planted[] {
  return codings.flatMap((coding, example) =>
    plantedTypes.map((type) => {
      const place = places[type][(example + turn) % places[type].length]
      const id = `planted-${nhsNumber}-${type}-${example}`
      const text = words(`${coding.code} in ${type}`)
      return plant(type, { id, words: text, nhsNumber }, place?.(coding))
    }),
  )
}

function labelledOf(nhsNumber: string): Planted[] {
  return excludedLabels.flatMap((label) =>
    plantedTypes.map((type) => {
      const id = `planted-${nhsNumber}-${type}-${label.code}`
      const meta = { security: [label] }
      return plant(
        type,
        { id, words: words(`label ${label.code} on ${type}`), nhsNumber },
        { meta },
      )
    }),
  )
}

function linksOf(nhsNumber: string): Planted[] {
  return hanging.map(([type, element, link], index) =>
    plant(
      type,
      { id: `hanging-${index}`, words: words(`${type} by ${element}`), nhsNumber },
      link(anchor),
    ),
  )
}

/** Ordinary by themselves: an excluded resource that names them takes them along, and these others. */
function heldOf(nhsNumber: string): Planted[] {
  return holding.flatMap(([holder, held], index) => [
    plant(held, { id: `held-${index}`, words: words(`${held} of a ${holder}`), nhsNumber }),
    plant(
      'Observation',
      { id: `held-${index}-further`, words: words(`what hangs on a ${held}`), nhsNumber },
      { derivedFrom: [{ reference: `${held}/held-${index}` }] },
    ),
  ])
}

function holdersOf(nhsNumber: string): Planted[] {
  const coding = excludedCodings[0] ?? { code: '', display: '' }
  return holding.map(([holder, held, link], index) =>
    plant(
      holder,
      { id: `planted-holder-${index}`, words: words(`holder ${holder}`), nhsNumber },
      {
        ...places[holder][0]?.(coding),
        ...link({ reference: `${held}/held-${index}` }),
      },
    ),
  )
}

function anchors(nhsNumber: string): Planted[] {
  return anchorsOf({ nhsNumber, words })
}

function plantedIn(nhsNumber: string, turn: number): Planted[] {
  const others = [labelledOf, linksOf, heldOf, holdersOf, anchors]
  return [...codedOf(nhsNumber, turn), ...others.flatMap((of) => of(nhsNumber))]
}

function idOf(participant: string, type: string, id: string): string {
  const text = `${participant}|${type}|${id}`
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

function decoded(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString()
}

/** Digests hold any digits. */
function withoutHashes(): string {
  return everything.replace(/"[\w-]{22}"|(?<="(?:cursor|endCursor|likeness)":)"[\w-]+"/g, '""')
}

function sectionFields(): string {
  const record = contract.getType('CareRecord')
  if (!isInterfaceType(record)) throw new Error('The contract has no CareRecord')
  return Object.values(record.getFields())
    .map((field) => [field.name, getNamedType(field.type).name] as const)
    .filter(([, type]) => type.endsWith('Connection'))
    .map(([name, type]) => `${name}(first: 500) ${wholeSelection(contract, type)}`)
    .join(' ')
}

function mergedQuery(): string {
  return `query ($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) {
    nhsNumber sources { participant { code } outcome asOf } ${sectionFields()} } }`
}

function sourceQuery(participant: Participant): string {
  const type = recordTypeName(participant.code)
  return `query ($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) {
    nhsNumber records { __typename ... on ${type} { nhsNumber asOf ${sectionFields()} } } } }`
}

const SEARCH =
  '{ findPatients(familyName: "Example", birthDate: "1980-01-01") { nhsNumber name { text } } }'

/** Every participant's feed, as the index reads it. */
async function feeds(): Promise<string[]> {
  const sign = createAssertionSigner(system.keys.gateway.privateJwk, () => new Date())
  return Promise.all(
    [...system.subgraphs].map(async ([code, { url }]) => {
      const token = sign(code, {
        sub: 'lcr-gateway',
        requested_scope: 'feed.read',
        request_id: 'never-shared',
      })
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({
          query: `{ ${code}Feed { cursor changes { nhsNumber holdsRecord asOf relationships { odsCode kind evidence } } } }`,
        }),
      })
      return answer.text()
    }),
  )
}
