import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type {
  GovernanceDatabase,
  NotUpheldReason,
  ObjectionSource,
  ObjectionState,
} from '../store/tables.ts'

/** An objection made under an earlier scheme, with where it stood at the end of it. */
export interface EarlierObjection {
  readonly nhsNumber: string
  readonly source: Exclude<ObjectionSource, 'LONDON_CARE_RECORD'>
  /** `YYYY-MM-DD` */
  readonly receivedOn: string
  readonly state: ObjectionState
  /** `YYYY-MM-DD` */
  readonly decidedOn: string | null
  readonly reason: NotUpheldReason | null
}

/**
 * What became of one: KNOWN when it was imported before, just so, whatever was done with it since;
 * CONTRADICTS when it was imported before with another state, decision or reason.
 */
export type ImportOutcome = 'IMPORTED' | 'KNOWN' | 'CONTRADICTS'

/**
 * Takes earlier objections into the register of a participant, each with the one step that says where
 * it stood. One is told from another by patient, scheme and the day on which it was received. All of a
 * batch are written, or none.
 *
 * @returns an outcome for each, in the order given
 */
export async function importObjections(
  db: Kysely<GovernanceDatabase>,
  participant: string,
  batch: readonly EarlierObjection[],
  now: Date,
): Promise<ImportOutcome[]> {
  const rows = batch.map((objection) => ({ id: randomUUID(), ...objection }))
  return db.transaction().execute(async (transaction) => {
    const written = await write(transaction, participant, rows, now)
    const agreeing = await findAgreeing(transaction, participant, rows)
    return rows.map(({ id }) => {
      if (written.has(id)) return 'IMPORTED'
      return agreeing.has(id) ? 'KNOWN' : 'CONTRADICTS'
    })
  })
}

type Row = EarlierObjection & { readonly id: string }

function given(rows: readonly Row[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as given (
    id uuid, "nhsNumber" text, source text, "receivedOn" date, state text, "decidedOn" date,
    reason text
  )`
}

async function write(
  transaction: Transaction<GovernanceDatabase>,
  participant: string,
  rows: readonly Row[],
  now: Date,
): Promise<Set<string>> {
  const { rows: written } = await sql<{ id: string }>`
    with written as (
      insert into objection (id, nhs_number, participant, source, received_on, state)
      select id, "nhsNumber", ${participant}, source, "receivedOn", state from ${given(rows)}
      on conflict do nothing
      returning id
    )
    insert into objection_step (objection_id, taken_at, to_state, decided_on, reason)
    select id, ${now}::timestamptz, state, "decidedOn", reason
    from ${given(rows)} join written using (id)
    returning objection_id as id`.execute(transaction)
  return new Set(written.map(({ id }) => id))
}

/**
 * Those that stand in the register as they are given, counting the step of their import alone. Looked
 * up one by one: a planner without statistics would go through the whole register for each.
 */
async function findAgreeing(
  transaction: Transaction<GovernanceDatabase>,
  participant: string,
  rows: readonly Row[],
): Promise<Set<string>> {
  const { rows: agreeing } = await sql<{ id: string }>`
    select given.id from ${given(rows)}
    cross join lateral (
      select id from objection
      where source <> 'LONDON_CARE_RECORD' and participant = ${participant}
        and nhs_number = given."nhsNumber" and source = given.source
        and received_on = given."receivedOn"
      offset 0
    ) as objection
    cross join lateral (
      select to_state, decided_on, reason from objection_step
      where objection_id = objection.id order by objection_step.id limit 1
    ) as step
    where step.to_state = given.state and step.decided_on is not distinct from given."decidedOn"
      and step.reason is not distinct from given.reason`.execute(transaction)
  return new Set(agreeing.map(({ id }) => id))
}
