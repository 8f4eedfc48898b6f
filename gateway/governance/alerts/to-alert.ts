import { type EmergencyReason, fromCodes } from '../emergency/alert-reasons.ts'
import type { AlertRule, AlertState } from '../store/tables.ts'
import type { AlertRow, StepRow } from './find-alerts.ts'
import { rules } from './rules/rules.ts'

/** The schema's `PrivacyAlert`, but for the event of a claim, which is looked up where it is asked for. */
export interface PrivacyAlert {
  readonly reference: string
  readonly rule: AlertRule
  readonly explanation: string
  readonly state: AlertState
  readonly raisedAt: string
  readonly occurredAt: string
  readonly participant: string
  readonly user: PrivacyAlertStaff
  readonly nhsNumber: string | null
  readonly event: string | null
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly alertType: EmergencyReason['alertType'] | null
  readonly reason: EmergencyReason['reason'] | null
  readonly claim: PrivacyAlertClaim | null
  readonly history: readonly object[]
}

/** The schema's `PrivacyAlertClaim`, and the request that made it. */
interface PrivacyAlertClaim {
  readonly id: string
  readonly justification: string
  readonly claimedAt: string
  readonly endsAt: string
  readonly endedAt: string | null
  readonly isOpen: boolean
  readonly requestId: string
}

interface PrivacyAlertStaff {
  readonly userId: string
  readonly name: string
  readonly roleCode: string
  readonly roleName: string
  readonly odsCode: string
  readonly organisationName: string
}

/** An alert as the schema shows it. */
export function toAlert(row: AlertRow, now: Date): PrivacyAlert {
  const { alert_type, alert_reason } = row
  const codes =
    alert_type === null || alert_reason === null ? null : fromCodes(alert_type, alert_reason)
  return {
    reference: row.reference,
    rule: row.rule,
    explanation: rules.find(({ name }) => name === row.rule)?.explanation ?? '',
    state: row.state,
    raisedAt: row.raised_at.toISOString(),
    occurredAt: row.occurred_at.toISOString(),
    participant: row.participant,
    user: toStaff(row),
    nhsNumber: row.nhs_number,
    event: row.event,
    facts: Object.entries(row.facts).map(([name, value]) => ({ name, value: String(value) })),
    alertType: codes?.alertType ?? null,
    reason: codes?.reason ?? null,
    claim: row.claim && toClaim(row.claim, now),
    history: row.steps.map(toStep),
  }
}

function toClaim(claim: NonNullable<AlertRow['claim']>, now: Date): PrivacyAlertClaim {
  const endsAt = claim.ended_at ?? claim.ends_at
  return {
    id: claim.id,
    justification: claim.justification,
    claimedAt: claim.claimed_at.toISOString(),
    endsAt: endsAt.toISOString(),
    endedAt: claim.ended_at?.toISOString() ?? null,
    isOpen: endsAt > now,
    requestId: claim.request_id,
  }
}

function toStep(row: StepRow) {
  return {
    at: new Date(row.taken_at).toISOString(),
    from: row.from_state,
    to: row.to_state,
    attendanceConfirmed: row.attendance_confirmed,
    note: row.note,
    by: toStaff(row),
  }
}

function toStaff(row: StepRow | AlertRow): PrivacyAlertStaff {
  return {
    userId: row.user_id,
    name: row.user_name,
    roleCode: row.role_code,
    roleName: row.role_name,
    odsCode: row.ods_code,
    organisationName: row.organisation_name,
  }
}
