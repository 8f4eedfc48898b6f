import { type Kysely, sql } from 'kysely'
import type { AlertRule, GovernanceDatabase } from '../../store/tables.ts'
import type { Look } from '../rules/rule.ts'

/** When users were last flagged, so that one alert says it once. */
export class Flagged {
  readonly #last = new Map<string, Date>()

  /** What is known of the users of some looks, as far back as a rule asks. */
  static async load(db: Kysely<GovernanceDatabase>, looks: readonly Look[]): Promise<Flagged> {
    const flagged = new Flagged()
    if (looks.length === 0) return flagged
    const first = Math.min(...looks.map(({ at }) => at.getTime()))
    const { rows } = await sql<Row>`
      select rule, user_id, nhs_number, max(occurred_at) as last from privacy_alert
      where user_id = any (${[...new Set(looks.map(({ user }) => user.userId))]}::text[])
        and occurred_at > ${new Date(first - DAY_MS)}::timestamptz
      group by rule, user_id, nhs_number`.execute(db)
    for (const { rule, user_id, nhs_number, last } of rows) {
      flagged.#last.set(keyOf(rule, user_id, nhs_number), last)
    }
    return flagged
  }

  note(rule: AlertRule, { user, at }: Look, nhsNumber: string | null): void {
    this.#last.set(keyOf(rule, user.userId, nhsNumber), at)
  }

  /** When the user was last flagged by the rule, for whomever or about this patient. */
  last(rule: AlertRule, { user, nhsNumber }: Look): Date | null {
    const about = this.#last.get(keyOf(rule, user.userId, nhsNumber))
    return about ?? this.#last.get(keyOf(rule, user.userId, null)) ?? null
  }
}

const DAY_MS = 24 * 3_600_000

interface Row {
  readonly rule: AlertRule
  readonly user_id: string
  readonly nhs_number: string | null
  readonly last: Date
}

function keyOf(rule: AlertRule, userId: string, nhsNumber: string | null): string {
  return JSON.stringify([rule, userId, nhsNumber])
}
