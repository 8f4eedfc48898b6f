import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAccess, type DecideAccess } from '../../../gateway/access/evidence.ts'
import { decideRequest } from '../../../gateway/access/request.ts'
import { migrateGovernance } from '../../../gateway/governance/store/migrations.ts'
import type {
  GovernanceDatabase,
  ObjectionState,
} from '../../../gateway/governance/store/tables.ts'
import type { Caller } from '../../../gateway/identity/caller.ts'
import { migrateIndex } from '../../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { findParticipants } from '../../../subgraphs/kit/find-participants.ts'
import type { Participant } from '../../../subgraphs/kit/participant.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const DAY_MS = 86_400_000
const daysFromNow = (days: number) => new Date(NOW.getTime() + days * DAY_MS)

const roles = ['R0260', 'R8001', 'R1290', 'R8009', 'R0001', 'R1860', 'R8015', 'R4711']
const practices = ['E83034', 'Y02633']
const organisations = ['RJZ', 'RRV', 'RWR', 'RWH', 'RXX', ...practices]
const patients = [0, 1, 2, 3]
const users = ['555000000001', '555000000002']
const kinds = [
  'GP_REGISTRATION',
  'REFERRAL',
  'APPOINTMENT',
  'ATTENDANCE',
  'ADMISSION',
  'CASELOAD',
] as const
const purposes = ['TREAT', 'ETREAT', 'COC', 'BTG', 'HRESCH', 'HPAYMT', 'PUBHLTH', 'treat', '']

const world = fc.record({
  relationships: fc.array(
    fc.record({
      patient: fc.constantFrom(...patients),
      odsCode: fc.constantFrom(...organisations),
      kind: fc.constantFrom(...kinds),
      teller: fc.oneof(
        { weight: 3, arbitrary: fc.constant(null) },
        fc.constantFrom('sel', 'ncl', 'nel', 'hpft', 'pds'),
      ),
      referrer: fc.option(fc.constantFrom(...organisations), { freq: 4 }),
      recorded: fc.option(fc.integer({ min: -90, max: 90 })),
      starts: fc.option(fc.integer({ min: -90, max: 90 })),
      ends: fc.option(fc.integer({ min: -90, max: 90 })),
    }),
    { maxLength: 12 },
  ),
  claims: fc.array(
    fc.record({
      patient: fc.constantFrom(...patients),
      odsCode: fc.constantFrom(...organisations),
      userId: fc.constantFrom(...users),
      ends: fc.integer({ min: -2, max: 2 }).filter((days) => days !== 0),
      isEnded: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  objections: fc.array(
    fc.record({
      patient: fc.constantFrom(...patients),
      state: fc.constantFrom<ObjectionState>(
        'RECEIVED',
        'UNDER_REVIEW',
        'UPHELD',
        'NOT_UPHELD',
        'WITHDRAWN',
      ),
    }),
    { maxLength: 3 },
  ),
})

/** Mostly what passes: otherwise few questions would come to the last two. */
const question = fc.record({
  token: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  role: fc.oneof({ weight: 5, arbitrary: fc.constant('R0260') }, fc.constantFrom(...roles)),
  odsCode: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('RJZ', 'E83034') },
    fc.constantFrom(...organisations),
  ),
  userId: fc.constantFrom(...users),
  patient: fc.constantFrom(...patients),
  tokenPurposes: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    fc.array(fc.constantFrom(...purposes), { maxLength: 2 }),
  ),
  asked: fc.option(
    fc.oneof({ weight: 3, arbitrary: fc.constant('TREAT') }, fc.constantFrom(...purposes)),
    { nil: undefined },
  ),
})

type World = typeof world extends fc.Arbitrary<infer T> ? T : never
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never

type Told = World['relationships'][number]

const owners: Readonly<Record<string, string>> = {
  RJZ: 'sel',
  RRV: 'ncl',
  RWR: 'hpft',
  RWH: 'enht',
  E83034: 'ncl',
  Y02633: 'nel',
}
const tellerOf = (r: Told) => r.teller ?? owners[r.odsCode] ?? 'nel'

/** Whether an organisation has a relationship that counts, at one of some days; `path` came before. */
function hasRelationship(
  all: readonly Told[],
  odsCode: string,
  days: readonly number[],
  path: readonly Told[] = [],
): boolean {
  return all.some((r) => {
    if (r.odsCode !== odsCode || path.includes(r) || !counts(all, r, path)) return false
    const grace = r.kind === 'GP_REGISTRATION' ? 0 : 30
    const end = Math.min(r.ends ?? 999, r.kind === 'GP_REGISTRATION' ? nextOf(all, r) : 999)
    return days.some((day) => (r.starts ?? -999) <= day + grace && end >= day - grace)
  })
}

function counts(all: readonly Told[], r: Told, path: readonly Told[]): boolean {
  if (r.kind === 'GP_REGISTRATION') return isRegistration(all, r)
  const owner = owners[r.odsCode]
  if (owner === undefined) return false
  if (r.kind !== 'REFERRAL') return tellerOf(r) === owner
  if (r.referrer === null || ![owner, owners[r.referrer]].includes(tellerOf(r))) return false
  const written = r.starts ?? r.recorded
  return hasRelationship(all, r.referrer, written === null ? [0] : [0, written], [...path, r])
}

function isRegistration(all: readonly Told[], r: Told): boolean {
  // What the national service said counts while its answer is kept.
  const isNational = all.some(
    (one) =>
      one.kind === 'GP_REGISTRATION' &&
      tellerOf(one) === 'pds' &&
      (one.starts ?? -999) <= 0 &&
      (one.ends ?? 999) >= 0,
  )
  if (r.kind !== 'GP_REGISTRATION') return false
  if (tellerOf(r) === 'pds') return true
  return !isNational && practices.includes(r.odsCode) && owners[r.odsCode] === tellerOf(r)
}

/** When a newer registration elsewhere begins. */
function nextOf(all: readonly Told[], r: Told): number {
  const since = (one: Told) => one.starts ?? one.recorded ?? -999
  const elsewhere = all.filter((one) => isRegistration(all, one) && one.odsCode !== r.odsCode)
  return Math.min(999, ...elsewhere.map(since).filter((day) => day > since(r)))
}

/** The rules once more, as plainly as they can be said. */
function reference(q: Question, w: World): string {
  if (!q.token) return 'UNAUTHENTICATED'
  if (!['R0260', 'R8001', 'R1290', 'R8009', 'R0001'].includes(q.role)) return 'ROLE_NOT_PERMITTED'
  if (q.odsCode === 'RXX') return 'ORGANISATION_NOT_A_PARTICIPANT'
  if (q.odsCode === 'RWH') return 'VIEWING_NOT_PERMITTED'
  const purpose = q.asked ?? q.tokenPurposes[0] ?? 'TREAT'
  if (q.tokenPurposes.length > 0 && !q.tokenPurposes.includes(purpose))
    return 'PURPOSE_NOT_PERMITTED'
  if (!['TREAT', 'ETREAT', 'COC', 'BTG'].includes(purpose)) return 'PURPOSE_NOT_PERMITTED'
  const theirs = w.relationships.filter(({ patient }) => patient === q.patient)
  const isRelated = hasRelationship(theirs, q.odsCode, [0])
  const hasClaim = w.claims.some(
    (c) =>
      c.patient === q.patient &&
      c.odsCode === q.odsCode &&
      c.userId === q.userId &&
      c.ends > 0 &&
      !c.isEnded,
  )
  if (!isRelated && !hasClaim) return 'NO_LEGITIMATE_RELATIONSHIP'
  const isObjected = w.objections.some(
    (o) => o.patient === q.patient && ['UNDER_REVIEW', 'UPHELD'].includes(o.state),
  )
  return isObjected ? 'OBJECTION_IN_FORCE' : 'PERMITTED'
}

let database: TestDatabase
let db: Kysely<IndexDatabase & GovernanceDatabase>
let participants: Participant[]
let decide: DecideAccess

beforeAll(async () => {
  database = await createDatabase()
  db = connect<IndexDatabase & GovernanceDatabase>(database.url, 4)
  const index = db as unknown as Kysely<IndexDatabase>
  await migrateIndex(index)
  await migrateGovernance(db)
  participants = await findParticipants()
  decide = createAccess({ db: index, participants, clock: () => NOW })
})

afterAll(async () => {
  await db?.destroy()
  await database?.drop()
})

async function decision(q: Question): Promise<string> {
  const caller: Caller = {
    userId: q.userId,
    name: 'Somebody',
    role: { profileId: '1', code: q.role, name: '' },
    odsCode: q.odsCode,
    activityCodes: [],
    assuranceLevel: 2,
    signedInAt: NOW,
    purposes: q.tokenPurposes,
    purpose: 'TREAT',
  }
  const identity = q.token ? { caller } : { problem: 'MISSING' as const }
  const request = decideRequest({ identity, requestedPurpose: q.asked }, ['patient'], participants)
  if (!request.permitted) return request.code
  const patient = await decide(request.admitted?.caller ?? caller, numberOf(q.patient), null)
  return patient.permitted ? 'PERMITTED' : patient.code
}

it('decides as the plain rules do, for any callers, tellers, referrers, registrations, claims and objections', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.array(question, { minLength: 8, maxLength: 8 }),
      async (w, questions) => {
        worlds++
        await fill(w)
        for (const q of questions) {
          const expected = reference(q, w)
          seen.add(expected)
          expect(await decision(q)).toBe(expected)
        }
      },
    ),
    { numRuns: 500 },
  )
  // A run that never came to some answer has not tried it.
  expect([...seen].sort()).toEqual([
    'NO_LEGITIMATE_RELATIONSHIP',
    'OBJECTION_IN_FORCE',
    'ORGANISATION_NOT_A_PARTICIPANT',
    'PERMITTED',
    'PURPOSE_NOT_PERMITTED',
    'ROLE_NOT_PERMITTED',
    'UNAUTHENTICATED',
    'VIEWING_NOT_PERMITTED',
  ])
}, 60_000)

it.each(['care_relationship', 'emergency_claim', 'objection', 'holder'])(
  'refuses when %s cannot be read',
  async (table) => {
    const { ref } = sql
    await sql`alter table ${ref(table)} rename to away`.execute(db)
    try {
      await expect(decide({ userId: '1', odsCode: 'RJZ' }, '9990000018', null)).rejects.toThrow()
    } finally {
      await sql`alter table away rename to ${ref(table)}`.execute(db)
    }
  },
)

/** Every world has people of its own: what is written down is never deleted. */
let worlds = 0
const numberOf = (patient: number) => `999${String(worlds).padStart(6, '0')}${patient}`

async function fill({ relationships, claims, objections }: World): Promise<void> {
  if (relationships.length > 0) {
    await db
      .insertInto('care_relationship')
      .values(
        relationships.map((r, place) => ({
          nhs_number: numberOf(r.patient),
          ods_code: r.odsCode,
          participant: tellerOf(r),
          kind: r.kind,
          evidence: `Encounter/${place}`,
          starts_at: r.starts === null ? null : daysFromNow(r.starts),
          ends_at: r.ends === null ? null : daysFromNow(r.ends),
          referrer: r.kind === 'REFERRAL' ? r.referrer : null,
          recorded_at: r.recorded === null ? null : daysFromNow(r.recorded),
        })),
      )
      .execute()
  }
  for (const claim of claims) {
    const id = randomUUID()
    await db
      .insertInto('emergency_claim')
      .values({
        id,
        user_id: claim.userId,
        user_name: 'Somebody',
        role_code: 'R0050',
        role_name: '',
        ods_code: claim.odsCode,
        organisation_name: '',
        participant: 'sel',
        nhs_number: numberOf(claim.patient),
        alert_type: 1,
        alert_reason: 4,
        justification: 'Unconscious on arrival',
        claimed_at: daysFromNow(claim.ends - 1),
        ends_at: daysFromNow(claim.ends),
        request_id: '1',
      })
      .execute()
    if (!claim.isEnded) continue
    const ended = { ended_at: daysFromNow(claim.ends - 0.9) }
    await db.updateTable('emergency_claim').set(ended).where('id', '=', id).execute()
  }
  for (const [place, objection] of objections.entries()) {
    await db
      .insertInto('objection')
      .values({
        id: randomUUID(),
        nhs_number: numberOf(objection.patient),
        participant: ['nel', 'sel', 'swl'][place] ?? 'nel',
        source: 'LONDON_CARE_RECORD',
        route: 'PROFESSIONAL',
        received_on: '2026-11-01',
        note: null,
        state: objection.state,
      })
      .execute()
  }
}
