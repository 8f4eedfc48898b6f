import { formatDocument } from '@urql/core'
import { type DocumentNode, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { apiSchema, ask, publicSchema } from './ask.ts'
import {
  type Answered,
  type Kept,
  keptByApollo,
  keptByRelay,
  readBackFromUrql,
} from './client-caches.ts'
import { sectionNames } from './contract-schema.ts'
import type { SamplePatient } from './federated.ts'
import { Random } from './random.ts'
import { mergedCursors, samplePatient } from './sample-patients.ts'

const SECTIONS = sectionNames(apiSchema)
const ENTRY = `id time likeness code { code display } identifiers { system value }
  provenance { participant recordedAt author }`
const MARKED_ENTRY = `${ENTRY} possibleDuplicateOf`

/** A question that asks for some sections in some views, pages and filters, and in each for one of these of its entries. */
function generate(
  random: Random,
  { cursors, entries }: { cursors: readonly (string | null)[]; entries: readonly string[] },
): string {
  const pick = () => random.pick(SECTIONS)
  const page = () => {
    const parts = [
      ...(random.oneIn(2) ? [`first: ${1 + random.below(5)}`] : []),
      ...(random.oneIn(4) ? [`after: ${JSON.stringify(random.pick(cursors))}`] : []),
      ...(random.oneIn(4) ? [`since: "2024-01-01T00:00:00Z"`] : []),
    ]
    return parts.length > 0 ? `(${parts.join(', ')})` : ''
  }
  const entry = () => random.pick(entries)
  const list = (section: string, name: string) => {
    const asked = random.oneIn(2) ? `nodes { ${entry()} }` : `edges { cursor node { ${entry()} } }`
    return `${name}: ${section}${page()} { ${asked} conflicts { kind entries } }`
  }
  const timeline = () => {
    return `t: timeline${page()} { nodes { ${entry()} } }`
  }
  const views = [
    () => list(pick(), 'a'),
    () => `${list('testResults', 'b')} ${list('testResults', 'c')}`,
    () => `records { nhsNumber ${list('testResults', 'd')} ${list(pick(), 'e')} }`,
    timeline,
  ]
  const wanted = views.filter(() => random.oneIn(2))
  return `{ patient(nhsNumber: "p1") { ${(wanted.length > 0 ? wanted : views).map((view) => view()).join(' ')} } }`
}

/** A patient whose sources keep to the contract: none says that one of its entries looks like another. */
function patientOf(seed: number): SamplePatient {
  const patient = samplePatient(apiSchema, seed)
  const sources = patient.sources.map((source) => ({
    ...source,
    sections: new Map(
      [...source.sections].map(([name, entries]) => [
        name,
        entries.map((entry) => ({ ...entry, item: { ...entry.item, possibleDuplicateOf: [] } })),
      ]),
    ),
  }))
  return { ...patient, sources }
}

/** Answers about one patient, in any mix of views. */
function answersOf(seed: number, entries: readonly string[]): Answered[] {
  const random = new Random(seed)
  const patient = patientOf(seed)
  const cursors = mergedCursors(patient, 'testResults')
  return Array.from({ length: 12 }, () => {
    const document = formatDocument(parse(generate(random, { cursors, entries }))) as DocumentNode
    const { data } = ask({ document, patients: [patient] })
    return { document, data: data as object }
  })
}

/** The ids of one cache that it would keep two values of, with the field. */
function contradictions(all: readonly Kept[]): string[] {
  const known = new Map<string, unknown>()
  return all.flatMap((kept) =>
    [...kept].flatMap(([id, fields]) =>
      Object.entries(fields).flatMap(([name, value]) => {
        const place = `${id} ${name}`
        const before = known.get(place)
        const text = JSON.stringify(value)
        known.set(place, text)
        return before === undefined || before === text ? [] : [place]
      }),
    ),
  )
}

/** As urql gives it: what it asks for by itself is left out. */
function withoutTypes(data: object): unknown {
  return JSON.parse(JSON.stringify(data), (key, value) =>
    key === '__typename' ? undefined : value,
  )
}

describe('An id has one value, in any mix of views, pages and filters', () => {
  const worldsOf = (entries: readonly string[]) =>
    Array.from({ length: 25 }, (_, seed) => answersOf(seed, entries))
  const worlds = worldsOf([ENTRY, MARKED_ENTRY])

  it('in the cache of Apollo Client', () => {
    const kept = worlds.map((answers) => answers.map(keptByApollo))
    expect(kept.flat().reduce((sum, one) => sum + one.size, 0)).toBeGreaterThan(2000)
    for (const one of kept) expect(contradictions(one)).toEqual([])
  })

  it("in Relay's", () => {
    const kept = worlds.map((answers) => answers.map((one) => keptByRelay(publicSchema, one)))
    expect(kept.flat().reduce((sum, one) => sum + one.size, 0)).toBeGreaterThan(2000)
    for (const one of kept) expect(contradictions(one)).toEqual([])
  })

  // A list has one place in this cache. Selecting look-alikes gives its entries other ids: docs/decisions/0025.
  it.each([
    ['with', MARKED_ENTRY],
    ['without', ENTRY],
  ])(
    "in urql's: each question %s look-alikes is read back as it was answered",
    async (_, entry) => {
      for (const answers of worldsOf([entry])) {
        const read = await readBackFromUrql(publicSchema, answers)
        expect(read).toEqual(answers.map(({ data }) => withoutTypes(data)))
      }
    },
  )
})
