import { type Kysely, sql } from 'kysely'
import type { GovernanceDatabase } from '../../store/tables.ts'
import type { Look } from '../rules/rule.ts'

/** The longest time that a rule looks back: a night in which the clocks are put back, and some more. */
const REMEMBERED_MS = 12 * 3_600_000

/** Which patients each user has opened lately, and when last. */
export class Openings {
  readonly #byUser = new Map<string, Map<string, Opening>>()
  readonly #changed = new Map<string, Opening>()

  /** Those that the users of some looks made before the looks. */
  static async load(db: Kysely<GovernanceDatabase>, looks: readonly Look[]): Promise<Openings> {
    const openings = new Openings()
    if (looks.length === 0) return openings
    const rows = await db
      .selectFrom('recent_opening')
      .selectAll()
      .where('user_id', 'in', [...new Set(looks.map(({ user }) => user.userId))])
      .where('opened_at', '>=', rememberedSince(looks))
      .execute()
    for (const row of rows) openings.#put(row)
    return openings
  }

  /** Notes that a look has opened a record. */
  note({ user, nhsNumber, at }: Look): void {
    const { userId: user_id, odsCode: ods_code } = user
    const opening = { user_id, ods_code, nhs_number: nhsNumber, opened_at: at }
    const known = this.#byUser.get(user_id)?.get(keyOf(opening))
    if (known && known.opened_at >= at) return
    this.#put(opening)
    this.#changed.set(`${user_id} ${keyOf(opening)}`, opening)
  }

  /** How many different patients a user has opened from a time on; at one organisation, or at any. */
  countSince(time: Date, userId: string, odsCode?: string): number {
    const patients = new Set<string>()
    for (const { nhs_number, ods_code, opened_at } of this.#byUser.get(userId)?.values() ?? []) {
      const isThere = odsCode === undefined || odsCode === ods_code
      if (isThere && opened_at >= time) patients.add(nhs_number)
    }
    return patients.size
  }

  /** Keeps what was noted, and forgets what no rule looks back to any more. */
  async save(db: Kysely<GovernanceDatabase>, looks: readonly Look[]): Promise<void> {
    if (looks.length === 0) return
    await db.deleteFrom('recent_opening').where('opened_at', '<', rememberedSince(looks)).execute()
    const changed = [...this.#changed.values()]
    await sql`
      insert into recent_opening (user_id, ods_code, nhs_number, opened_at)
      select * from json_to_recordset(${JSON.stringify(changed)}::json) as opening (
        user_id text, ods_code text, nhs_number text, opened_at timestamptz
      )
      on conflict (user_id, ods_code, nhs_number) do update set opened_at = excluded.opened_at
    `.execute(db)
  }

  #put(opening: Opening): void {
    const ofUser = this.#byUser.get(opening.user_id) ?? new Map<string, Opening>()
    this.#byUser.set(opening.user_id, ofUser.set(keyOf(opening), opening))
  }
}

interface Opening {
  readonly user_id: string
  readonly ods_code: string
  readonly nhs_number: string
  readonly opened_at: Date
}

function keyOf({ ods_code, nhs_number }: Opening): string {
  return `${ods_code} ${nhs_number}`
}

function rememberedSince(looks: readonly Look[]): Date {
  const first = Math.min(...looks.map(({ at }) => at.getTime()))
  return new Date(first - REMEMBERED_MS)
}
