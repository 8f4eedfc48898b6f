import { type Kysely, sql } from 'kysely'
import type {
  GovernanceDatabase,
  NotUpheldReason,
  ObjectionRoute,
  ObjectionSource,
  ObjectionState,
} from '../store/tables.ts'
import { IN_FORCE } from './steps.ts'

/** The schema's `Objection`. */
export interface Objection {
  readonly id: string
  readonly nhsNumber: string
  readonly participant: string
  readonly state: ObjectionState
  readonly isInForce: boolean
  readonly source: ObjectionSource
  readonly route: ObjectionRoute | null
  readonly receivedOn: string
  readonly note: string | null
  readonly decidedOn: string | null
  readonly reason: NotUpheldReason | null
  readonly explanation: string | null
  readonly notice: string | null
  readonly history: readonly ObjectionStep[]
}

interface ObjectionStep {
  readonly at: string
  readonly from: ObjectionState | null
  readonly to: ObjectionState
  readonly by: {
    readonly userId: string
    readonly name: string
    readonly roleCode: string
    readonly roleName: string
    readonly odsCode: string
    readonly organisationName: string
  } | null
}

/** Which objections, and whose: a participant's staff see none but its own. */
export type ObjectionsOf = { readonly participant: string } & (
  | { readonly id: string }
  | { readonly nhsNumbers: readonly string[] }
)

/** Objections with their history, the last received first, in one statement. */
export async function findObjections(
  db: Kysely<GovernanceDatabase>,
  wanted: ObjectionsOf,
): Promise<Objection[]> {
  const isWanted =
    'id' in wanted
      ? sql`objection.id = ${wanted.id}`
      : sql`nhs_number = any (${[...wanted.nhsNumbers]}::text[])`
  const { rows } = await sql<Row>`
    select objection.id, nhs_number, participant, state, source, route,
      received_on::text as received_on, note, steps
    from objection
    cross join lateral (
      select json_agg(step order by step.id) as steps
      from objection_step as step where step.objection_id = objection.id
    ) as history
    where participant = ${wanted.participant} and ${isWanted}
    order by received_on desc, (steps -> 0 ->> 'id')::bigint desc`.execute(db)
  return rows.map(toObjection)
}

interface Row {
  readonly id: string
  readonly nhs_number: string
  readonly participant: string
  readonly state: ObjectionState
  readonly source: ObjectionSource
  readonly route: ObjectionRoute | null
  readonly received_on: string
  readonly note: string | null
  readonly steps: readonly StepRow[]
}

/** A row of `objection_step` as PostgreSQL writes it in JSON. */
interface StepRow {
  readonly taken_at: string
  readonly from_state: ObjectionState | null
  readonly to_state: ObjectionState
  readonly decided_on: string | null
  readonly reason: NotUpheldReason | null
  readonly explanation: string | null
  readonly notice: string | null
  readonly user_id: string | null
  readonly user_name: string
  readonly role_code: string
  readonly role_name: string
  readonly ods_code: string
  readonly organisation_name: string
}

function toObjection(row: Row): Objection {
  const decision = row.steps.find(({ decided_on }) => decided_on !== null)
  return {
    id: row.id,
    nhsNumber: row.nhs_number,
    participant: row.participant,
    state: row.state,
    isInForce: IN_FORCE.includes(row.state),
    source: row.source,
    route: row.route,
    receivedOn: row.received_on,
    note: row.note,
    decidedOn: decision?.decided_on ?? null,
    reason: decision?.reason ?? null,
    explanation: decision?.explanation ?? null,
    notice: decision?.notice ?? null,
    history: row.steps.map(toStep),
  }
}

function toStep(row: StepRow): ObjectionStep {
  return {
    at: new Date(row.taken_at).toISOString(),
    from: row.from_state,
    to: row.to_state,
    by: row.user_id === null ? null : { ...toActor(row), userId: row.user_id },
  }
}

function toActor(row: StepRow) {
  return {
    name: row.user_name,
    roleCode: row.role_code,
    roleName: row.role_name,
    odsCode: row.ods_code,
    organisationName: row.organisation_name,
  }
}
