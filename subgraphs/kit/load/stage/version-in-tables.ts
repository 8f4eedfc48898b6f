import { sql } from 'kysely'

/** What `versionNumber` in newest.ts says of a version, for one in a column: `staged.version`. */
export function versionNumberIn(column: string) {
  const version = sql.ref(column)
  return sql`case when ${version} ~ '^[0-9]{1,18}$' then ${version}::bigint end`
}
