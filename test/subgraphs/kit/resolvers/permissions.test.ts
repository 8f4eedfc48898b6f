import { execute, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AssertionClaims } from '../../../../subgraphs/kit/assertion/claims.ts'
import { systemClock } from '../../../../subgraphs/kit/clock.ts'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import type { Slice } from '../../../../subgraphs/kit/reading/slice.ts'
import { createStoreSource } from '../../../../subgraphs/kit/reading/store-source.ts'
import { createContext } from '../../../../subgraphs/kit/resolvers/context.ts'
import { createExecutableSchema } from '../../../../subgraphs/kit/resolvers/executable-schema.ts'
import { participant as swl } from '../../../../subgraphs/swl/participant.ts'
import { claimsOf } from '../test-signer.ts'
import { putItem, putPatient } from '../test-store.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'

const ADA = '9990000018'
const RECEPTIONIST = { roleCode: 'R8009' }
const PHARMACIST = { roleCode: 'R1290' }

let subgraph: TestSubgraph
const statements: string[] = []

beforeAll(async () => {
  subgraph = await createTestSubgraph({
    participant: swl,
    onStatement: (sql) => statements.push(sql),
  })
  await putPatient(subgraph.db, ADA)
  await putItem(subgraph.db, ADA, 'visit', {
    section: 'encounters',
    status: 'FINISHED',
    codes: ['11429006'],
    item: { class: 'OUTPATIENT', reasons: [concept('Chest pain')], diagnoses: [], locations: [] },
  })
  await putItem(subgraph.db, ADA, 'referral', {
    section: 'referrals',
    codes: ['183885007'],
    item: { intent: 'order', reasons: [concept('Low mood')], description: 'As discussed' },
  })
})

afterAll(() => subgraph.close())

describe('What a role may not see', () => {
  it('is not read from the store, and neither is what a filter would tell', async () => {
    const slices: Slice[] = []
    const source = createStoreSource(subgraph.db, swl, await loadExclusions())
    const schema = await createExecutableSchema(swl, source, systemClock)
    const claims = claimsOf({ participant: 'swl', nhsNumber: ADA, ...RECEPTIONIST })
    const { signal } = new AbortController()
    const reading = source.begin({ signal, onExcluded: () => {} })
    const context = createContext(reading, claims as unknown as AssertionClaims)
    const reader = {
      ...context.reader,
      readSection(slice: Slice) {
        slices.push(slice)
        return context.reader.readSection(slice)
      },
    }
    const { errors } = await execute({
      schema,
      document: parse(`query ($codes: [String!]) {
        _entities(representations: [{ __typename: "SwlRecord", nhsNumber: "${ADA}" }]) {
          ... on SwlRecord { mentalHealth { status } ...More encounters { status } universalCarePlan { title } }
        }
      }
      fragment More on CareRecord { hidden: diagnoses { status } coded: referrals(codes: $codes) { status } }`),
      variableValues: { codes: ['183885007'] },
      contextValue: { ...context, reader },
    })

    expect(errors?.map(({ path }) => path?.at(-1))).toEqual(
      expect.arrayContaining(['mentalHealth', 'hidden', 'coded', 'universalCarePlan']),
    )
    expect(errors?.length).toBe(4)
    expect(new Set(slices.map(({ section }) => section))).toEqual(new Set(['encounters']))
  })

  it('takes no statement beside the one that looks for the patient', async () => {
    statements.length = 0
    const { record, errors } = await subgraph.askRecord(
      ADA,
      'asOf mentalHealth { status } universalCarePlan { title }',
      PHARMACIST,
    )

    expect(record).toEqual({
      asOf: '2026-01-02T03:04:05.000Z',
      mentalHealth: null,
      universalCarePlan: null,
    })
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['_entities', 0, 'mentalHealth'], { code: 'FORBIDDEN' }],
      [['_entities', 0, 'universalCarePlan'], { code: 'FORBIDDEN' }],
    ])
    expect(statements.length).toBe(1)
  })

  it('takes no statement at all where it is the whole record', async () => {
    statements.length = 0
    await subgraph.askRecord(ADA, 'allergies { status }', { roleCode: 'R0001' })

    expect(statements).toEqual([])
  })
})

describe('A receptionist', () => {
  const selection = `encounters { nodes { id class ...Why } } referrals { edges { node { id intent ...What } } }`
  const fragments = `fragment Why on Encounter { why: reasons { display } diagnoses { display } notes }
    fragment What on Referral { code { display } reasons { display } description ... on CareItem { notes } }`

  it('sees encounters without reasons, diagnoses and notes, and referrals without clinical content', async () => {
    const { record, errors } = await subgraph.askRecord(ADA, selection, {
      ...RECEPTIONIST,
      fragments,
    })

    expect(record).toEqual({
      encounters: {
        nodes: [{ id: 'visit', class: 'OUTPATIENT', why: null, diagnoses: null, notes: null }],
      },
      referrals: {
        edges: [
          {
            node: {
              id: 'referral',
              intent: 'order',
              code: null,
              reasons: null,
              description: null,
              notes: null,
            },
          },
        ],
      },
    })
    expect(new Set(errors?.map(({ extensions }) => extensions?.['code']))).toEqual(
      new Set(['FORBIDDEN']),
    )
  })

  it('may not filter by what is hidden, in whatever way; a filter left out is none', async () => {
    const { record } = await subgraph.askRecord(
      ADA,
      `a: encounters(codes: ["11429006"]) { status } b: referrals(codes: ["1"], first: 1) { status }
       c: referrals(codes: null) { status } d: appointments(codes: ["1"]) { status }
       e: appointments { status }`,
      RECEPTIONIST,
    )

    expect(record).toEqual({
      a: null,
      b: null,
      c: { status: 'HAS_ENTRIES' },
      // An appointment is found by its reason's code too.
      d: null,
      e: { status: 'NOTHING_RECORDED' },
    })
  })

  it('is shown less than a doctor, who sees all of it', async () => {
    const { record, errors } = await subgraph.askRecord(ADA, selection, { fragments })

    expect(errors).toBeUndefined()
    expect(record.encounters.nodes[0].why).toEqual([{ display: 'Chest pain' }])
    expect(record.referrals.edges[0].node).toMatchObject({
      code: { display: 'Penicillin' },
      description: 'As discussed',
    })
  })
})

describe('What a participant adds to the contract', () => {
  it.each([
    ['R0260', true],
    ['R1110', true],
    ['R1330', true],
    ['R1290', false],
    ['R8009', false],
  ])('is for who may see the section it belongs to: %s, %s', async (roleCode, isSeen) => {
    const { record, errors } = await subgraph.askRecord(ADA, 'universalCarePlan { title }', {
      roleCode,
    })

    expect(record).toEqual({ universalCarePlan: null })
    expect(errors === undefined).toBe(isSeen)
  })

  it('is for who may see everything, where it says nothing', async () => {
    const unplaced = await createTestSubgraph({
      participant: {
        ...swl,
        extension: {
          sdl: 'extend type SwlRecord { swlWords: String }',
          resolvers: { SwlRecord: { swlWords: () => 'seen' } },
        },
      },
    })
    await putPatient(unplaced.db, ADA)
    const seenBy = async (roleCode: string) =>
      (await unplaced.askRecord(ADA, 'swlWords', { roleCode })).record.swlWords

    expect(await seenBy('R0260')).toBe('seen')
    expect(await seenBy('R8001')).toBe('seen')
    for (const roleCode of ['R1290', 'R1110', 'R1330', 'R8009', 'R1690']) {
      expect([roleCode, await seenBy(roleCode)]).toEqual([roleCode, null])
    }
    await unplaced.close()
  })
})

function concept(display: string) {
  return { display, code: null, system: null, text: null, codings: [] }
}
