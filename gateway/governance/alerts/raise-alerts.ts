import { type Kysely, sql } from 'kysely'
import type { AlertFacts, AlertRule, GovernanceDatabase } from '../store/tables.ts'
import { newAlertReference } from './alert-reference.ts'

/** An alert that is to be raised. */
export interface NewAlert {
  readonly rule: AlertRule
  /** The audit trail's event that it is about; null for a claim's. */
  readonly event: string | null
  readonly claim?: {
    readonly claim_id: string
    readonly alert_type: number
    readonly alert_reason: number
  }
  /** Whose officers work on it. */
  readonly participant: string
  readonly occurredAt: Date
  /** As things were at the time. */
  readonly user: {
    readonly user_id: string
    readonly user_name: string
    readonly role_code: string
    readonly role_name: string
    readonly ods_code: string
    readonly organisation_name: string
  }
  readonly nhsNumber: string | null
  readonly facts: AlertFacts
}

/** Raises alerts; one that a rule has raised with the same participant for the same event is left as it stands. */
export async function raiseAlerts(
  db: Kysely<GovernanceDatabase>,
  alerts: readonly NewAlert[],
  now: Date,
): Promise<string[]> {
  if (alerts.length === 0) return []
  const rows = alerts.map(({ rule, event, claim, participant, occurredAt, user, ...alert }) => ({
    reference: newAlertReference(),
    rule,
    event,
    claim_id: null,
    alert_type: null,
    alert_reason: null,
    ...claim,
    participant,
    raised_at: now,
    occurred_at: occurredAt,
    state: 'OPEN' as const,
    ...user,
    nhs_number: alert.nhsNumber,
    facts: JSON.stringify(alert.facts),
  }))
  const { rows: raised } = await sql<{ reference: string }>`
    insert into privacy_alert (reference, rule, event, claim_id, alert_type, alert_reason,
      participant, raised_at, occurred_at, state, user_id, user_name, role_code, role_name,
      ods_code, organisation_name, nhs_number, facts)
    select reference, rule, event, claim_id, alert_type, alert_reason,
      participant, raised_at, occurred_at, state, user_id, user_name, role_code, role_name,
      ods_code, organisation_name, nhs_number, facts::json
    from json_to_recordset(${JSON.stringify(rows)}::json) as alert (
      reference text, rule text, event uuid, claim_id uuid, alert_type smallint,
      alert_reason smallint, participant text, raised_at timestamptz, occurred_at timestamptz,
      state text, user_id text, user_name text, role_code text, role_name text, ods_code text,
      organisation_name text, nhs_number text, facts text
    )
    on conflict (event, rule, participant) do nothing
    returning reference`.execute(db)
  return raised.map(({ reference }) => reference)
}
