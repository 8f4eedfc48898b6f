import { type ExecutionResult, execute, parse, validate } from 'graphql'
import { type Kysely, sql } from 'kysely'
import { createGovernance } from '../../../gateway/governance/create-governance.ts'
import { type ClaimedBy, findOpenClaim } from '../../../gateway/governance/emergency/claims.ts'
import { governanceContext } from '../../../gateway/governance/governance-context.ts'
import { objectionInForce } from '../../../gateway/governance/objections/objection-in-force.ts'
import { migrateGovernance } from '../../../gateway/governance/store/migrations.ts'
import type { GovernanceDatabase } from '../../../gateway/governance/store/tables.ts'
import type { Caller } from '../../../gateway/identity/caller.ts'
import { personas } from '../../../gateway/identity/personas.ts'
import { createIndex } from '../../../subgraphs/index/create-index.ts'
import { migrateIndex } from '../../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { findParticipants } from '../../../subgraphs/kit/find-participants.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import type { RelationshipKind } from '../../../subgraphs/kit/store/tables.ts'
import { createAuditStore, type TestAuditStore } from '../../support/audit.ts'
import { createDatabase } from '../../support/postgres.ts'

/** Patients whom the register's tests speak of. */
export const ADA = '9990000018'
export const BERNARD = '9990000026'
export const GEORGE = '9990000069'
export const KWAME = { now: '9990000107', before: '9990000115' }

/** The day and time at which the tests begin: a Sunday in London. */
export const BEGINNING = new Date('2026-11-22T09:00:00.000Z')

type Database = IndexDatabase & GovernanceDatabase

/** What an access decision reads of the register, through one gateway process. */
export interface Facts {
  objectionInForce(nhsNumbers: readonly string[]): Promise<boolean>
  emergencyClaimOf(claimed: ClaimedBy): Promise<string | null>
}

/** The register over a database of its own, with the index beside it, and a clock that is turned by hand. */
export interface TestGovernance {
  readonly db: Kysely<Database>
  readonly governance: Facts
  ask(operation: string, options?: AskOptions): Promise<Answer>
  /** The register as another gateway process opens it, with connections of its own. */
  another(): Promise<Facts>
  turnClock(to: Date): void
  /** Tells the index of a patient, as a participant's feed does. */
  putPatient(participant: string, nhsNumber: string, changes?: KnownPatient): Promise<void>
  putRelationship(nhsNumber: string, odsCode: string, kind?: RelationshipKind): Promise<void>
  /** Runs with a table out of reach. */
  without<Result>(table: string, work: () => Promise<Result>): Promise<Result>
  /** Forgets everything, as only a test may, and puts the clock back. */
  clear(): Promise<void>
  /** The audit store that governance reads. */
  readonly audit: TestAuditStore
  close(): Promise<void>
}

interface KnownPatient {
  readonly superseded_by?: string
  readonly objection?: 'UPHELD' | 'UNDER_REVIEW' | 'RECEIVED' | 'NOT_UPHELD' | 'WITHDRAWN'
}

export interface AskOptions {
  /** A persona; an emergency doctor in Camberwell when left out. */
  readonly as?: string
  readonly caller?: Partial<Caller>
  readonly variables?: Record<string, unknown>
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape of what it asked for
  readonly data: any
  readonly codes: readonly unknown[]
  readonly messages: readonly string[]
  readonly errors: NonNullable<ExecutionResult['errors']>
}

export async function createTestGovernance(): Promise<TestGovernance> {
  const database = await createDatabase()
  const db = connect<Database>(database.url, 5)
  const participants = await findParticipants()
  const others: Kysely<GovernanceDatabase>[] = []
  let now = BEGINNING
  const clock = () => now
  await migrateIndex(db as unknown as Kysely<IndexDatabase>)
  await migrateGovernance(db as unknown as Kysely<GovernanceDatabase>)
  const own = db as unknown as Kysely<GovernanceDatabase>
  const audit = await createAuditStore()
  const { schema } = await createGovernance({
    db: own,
    audit: audit.owner,
    participants,
    clock,
    emergencyAccessHours: 8,
  })
  const indexDb = db as unknown as Kysely<IndexDatabase>
  const index = await createIndex({ db: indexDb, participants, clock })
  return {
    db,
    audit,
    governance: factsOf(own, clock),
    turnClock(to) {
      now = to
    },
    async another() {
      const own = connect<GovernanceDatabase>(database.url, 2)
      others.push(own)
      return factsOf(own, clock)
    },
    async ask(operation, { as = 'ed-doctor.sel', caller: changes, variables = {} } = {}) {
      const caller = { ...callerOf(as, now), ...changes }
      const document = parse(operation)
      const invalid = validate(schema, document)
      if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'))
      const result = await execute({
        schema,
        document,
        variableValues: variables,
        contextValue: governanceContext(
          { caller, requestId: 'request-of-the-test' },
          { db: indexDb, clock, participants, locate: index.locate },
        ),
      })
      const errors = result.errors ?? []
      return {
        data: result.data,
        errors,
        codes: errors.map(({ extensions }) => extensions['code'] ?? 'UNCODED'),
        messages: errors.map(({ message }) => message),
      }
    },
    async putPatient(participant, nhs_number, { superseded_by, ...changes } = {}) {
      await db
        .insertInto('holder')
        .values({
          nhs_number,
          participant,
          holds_record: true,
          demographics: JSON.stringify({ name: { text: 'Somebody' }, birthDate: '1950-01-01' }),
          is_sensitive: false,
          as_of: BEGINNING,
          objection: null,
          birth_date: null,
          family_key: null,
          ...changes,
        })
        .execute()
      if (superseded_by === undefined) return
      const link = { participant, nhs_number, old_number: nhs_number, new_number: superseded_by }
      await db.insertInto('number_link').values(link).execute()
    },
    async putRelationship(nhs_number, ods_code, kind = 'ATTENDANCE') {
      await db
        .insertInto('care_relationship')
        .values({
          participant: 'sel',
          nhs_number,
          ods_code,
          kind,
          starts_at: BEGINNING,
          ends_at: null,
          evidence: 'Encounter/1',
        })
        .execute()
    },
    async without(table, work) {
      await sql`alter table ${sql.ref(table)} rename to out_of_reach`.execute(db)
      try {
        return await work()
      } finally {
        await sql`alter table out_of_reach rename to ${sql.ref(table)}`.execute(db)
      }
    },
    async clear() {
      now = BEGINNING
      await sql
        .raw(`do $$ begin
          set local session_replication_role = replica;
          truncate objection, objection_step, emergency_claim, privacy_alert, privacy_alert_step,
            alert_cursor, recent_opening, staff_member, holder, care_relationship,
            number_link;
        end $$`)
        .execute(db)
    },
    async close() {
      await Promise.all([db, ...others].map((one) => one.destroy()))
      await database.drop()
      await audit.remove()
    },
  }
}

/** A persona as the gateway knows them, signed in just now at level 2. */
function callerOf(key: string, signedInAt: Date): Caller {
  const persona = personas.find((candidate) => candidate.key === key)
  if (!persona) throw new Error(`There is no persona ${key}`)
  return {
    userId: `user of ${key}`,
    name: persona.name,
    role: {
      profileId: `role of ${key}`,
      code: persona.roleCode.slice(-5),
      name: persona.roleName,
    },
    odsCode: persona.odsCode,
    activityCodes: [],
    assuranceLevel: 2,
    signedInAt,
    purposes: [],
    purpose: 'TREAT',
  }
}

function factsOf(db: Kysely<GovernanceDatabase>, clock: () => Date): Facts {
  return {
    async objectionInForce(nhsNumbers) {
      const { rows } = await sql<{ in_force: boolean }>`
        select ${objectionInForce(sql.val(nhsNumbers))} as in_force`.execute(db)
      return rows[0]?.in_force === true
    },
    emergencyClaimOf: (claimed) => findOpenClaim(db, claimed, clock()),
  }
}
