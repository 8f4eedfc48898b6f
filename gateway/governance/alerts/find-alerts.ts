import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { AlertRule, AlertState, GovernanceDatabase } from '../store/tables.ts'

/** Which alerts; null does not narrow. */
export interface AlertFilter {
  /** Whose staff they are about. */
  readonly participant: string | null
  readonly reference?: string | null
  readonly state?: AlertState | null
  readonly rule?: AlertRule | null
  readonly nhsNumbers?: readonly string[] | null
  readonly userId?: string | null
  readonly from?: Date | null
  readonly until?: Date | null
}

/** A part of the list, the newest first. */
export interface AlertPage {
  readonly first: number
  readonly after: AlertPosition | null
}

/** A place in the list, behind one alert. */
export interface AlertPosition {
  readonly raisedAt: Date
  readonly reference: string
}

type Alert = Selectable<GovernanceDatabase['privacy_alert']>
type Claim = Selectable<GovernanceDatabase['emergency_claim']>

/** An alert with its claim and its steps. */
export interface AlertRow extends Alert {
  readonly claim: Pick<
    Claim,
    'id' | 'justification' | 'claimed_at' | 'ends_at' | 'ended_at' | 'request_id'
  > | null
  readonly steps: readonly StepRow[]
}

/** A row of `privacy_alert_step` as PostgreSQL writes it in JSON. */
export type StepRow = Omit<
  Selectable<GovernanceDatabase['privacy_alert_step']>,
  'id' | 'taken_at'
> & { readonly taken_at: string }

/** Alerts with everything that is shown of them, in one statement. */
export async function findAlerts(
  db: Kysely<GovernanceDatabase>,
  filter: AlertFilter,
  { first, after }: AlertPage,
): Promise<{ readonly alerts: readonly AlertRow[]; readonly hasNextPage: boolean }> {
  const conditions = [...conditionsOf(filter), ...(after ? [behind(after)] : [])]
  const { rows } = await sql<Alert & JoinedRow>`
    select alert.*, steps.steps, claim.justification, claim.claimed_at, claim.ends_at,
      claim.ended_at, claim.request_id
    from privacy_alert as alert
    left join emergency_claim as claim on claim.id = alert.claim_id
    cross join lateral (
      select coalesce(json_agg(step order by step.id), '[]') as steps
      from privacy_alert_step as step where step.reference = alert.reference
    ) as steps
    where ${sql.join(conditions, sql` and `)}
    order by alert.raised_at desc, alert.reference desc
    limit ${first + 1}`.execute(db)
  return { alerts: rows.slice(0, first).map(toRow), hasNextPage: rows.length > first }
}

/** The columns of a claim, all null where there is none. */
type JoinedRow = { readonly steps: readonly StepRow[] } & {
  readonly [Column in keyof Omit<NonNullable<AlertRow['claim']>, 'id'>]: Claim[Column] | null
}

function conditionsOf(filter: AlertFilter): RawBuilder<unknown>[] {
  const { participant, reference, state, rule, nhsNumbers, userId, from, until } = filter
  return [
    sql`true`,
    ...(participant == null ? [] : [sql`alert.participant = ${participant}`]),
    ...(reference == null ? [] : [sql`alert.reference = ${reference}`]),
    ...(state == null ? [] : [sql`alert.state = ${state}`]),
    ...(rule == null ? [] : [sql`alert.rule = ${rule}`]),
    ...(nhsNumbers == null ? [] : [sql`alert.nhs_number = any (${[...nhsNumbers]}::text[])`]),
    ...(userId == null ? [] : [sql`alert.user_id = ${userId}`]),
    ...(from == null ? [] : [sql`alert.raised_at >= ${from}::timestamptz`]),
    ...(until == null ? [] : [sql`alert.raised_at < ${until}::timestamptz`]),
  ]
}

function behind({ raisedAt, reference }: AlertPosition): RawBuilder<unknown> {
  return sql`(alert.raised_at, alert.reference) < (${raisedAt}::timestamptz, ${reference})`
}

function toRow({
  justification,
  claimed_at,
  ends_at,
  ended_at,
  request_id,
  ...alert
}: Alert & JoinedRow): AlertRow {
  const { claim_id: id } = alert
  const claim =
    id !== null && justification !== null && claimed_at && ends_at && request_id !== null
      ? { id, justification, claimed_at, ends_at, ended_at, request_id }
      : null
  return { ...alert, claim }
}
