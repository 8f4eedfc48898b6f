import { sql } from 'kysely'
import { NO_TIME } from '../../store/tables.ts'
import type { Identity } from '../read/identity.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from './columns.ts'
import type { Writable } from './write-resources.ts'

/** An entry or care relationship, in a comparable text. */
export interface Shown {
  readonly text: string
  readonly isRestricted: boolean
}

/** All of it in one text: equal when the same is shown. */
export function textOf(shown: readonly Shown[]): string {
  return [...new Set(shown.map(({ text }) => text))].sort().join('\n')
}

/** Whether anybody can see that one state became the other. */
export function isVisible(before: readonly Shown[], after: readonly Shown[]): boolean {
  const seen = (shown: readonly Shown[]) => textOf(shown.filter((one) => !one.isRestricted))
  // What was never shown has no part in it, and neither has what shows nothing but is somebody's.
  if (before.length === 0 && after.length === 0) return true
  return seen(before) !== seen(after)
}

/** What a resource shows in the graph. */
export function shownBy({ mapping }: Writable): Shown[] {
  const items = mapping.items.map((item) => ({
    isRestricted: item.isRestricted,
    text: JSON.stringify([
      mapping.nhsNumber,
      item.section,
      item.id,
      String((item.sortTime ?? NO_TIME).getTime()),
      String((item.lastTime ?? NO_TIME).getTime()),
      item.sortKey,
      item.status,
      [...item.codes],
      item.isNoneKnown,
      item.isRestricted,
      item.isUnderstood,
      JSON.stringify(item.item),
    ]),
  }))
  const relationships = mapping.relationships.map((one) => ({
    isRestricted: false,
    text: JSON.stringify([
      mapping.nhsNumber,
      one.ods_code,
      one.kind,
      one.starts_at === null ? null : String(one.starts_at.getTime()),
      one.ends_at === null ? null : String(one.ends_at.getTime()),
      one.referrer,
      one.recorded_at === null ? null : String(one.recorded_at.getTime()),
    ]),
  }))
  return [...items, ...relationships]
}

/** The same for what the store holds, by `Type/id`. */
export async function findShown(
  db: LoadDatabase,
  rows: readonly Identity[],
): Promise<Map<string, Shown[]>> {
  const { rows: found } = await sql<{ resource: string; shown: unknown[]; is_restricted: boolean }>`
    with wanted as (
      select * from unnest(
        ${column(rows.map(({ type }) => type))}, ${column(rows.map(({ id }) => id))}
      ) as wanted (type, id)
    )
    select wanted.type || '/' || wanted.id as resource, is_restricted,
      json_build_array(nhs_number, section, item.id, ${milliseconds('sort_time')},
        ${milliseconds('last_time')}, sort_key, status, codes, is_none_known, is_restricted,
        is_understood, item.item::text) as shown
    from wanted join item on item.resource_type = wanted.type and item.resource_id = wanted.id
    union all
    select wanted.type || '/' || wanted.id, false, json_build_array(nhs_number, ods_code, kind,
      ${milliseconds('starts_at')}, ${milliseconds('ends_at')}, referrer,
      ${milliseconds('recorded_at')})
    from wanted join care_relationship as shown
      on shown.resource_type = wanted.type and shown.resource_id = wanted.id`.execute(db)
  const shown = new Map<string, Shown[]>()
  for (const { resource, shown: one, is_restricted: isRestricted } of found) {
    const others = shown.get(resource) ?? []
    shown.set(resource, [...others, { text: JSON.stringify(one), isRestricted }])
  }
  return shown
}

function milliseconds(moment: string) {
  return sql`(extract(epoch from ${sql.ref(moment)}) * 1000)::bigint::text`
}
