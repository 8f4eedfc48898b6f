import { type RawBuilder, sql } from 'kysely'

const SEPARATOR = '\u001f'
const NULL = '\u001e'
// biome-ignore lint/suspicious/noControlCharactersInRegex: the marks above, and what PostgreSQL refuses
const marks = /[\u0000\u001e\u001f]/g

/**
 * A column of a many-row insert as one `text[]` parameter, for use inside `unnest`. One joined
 * string costs neither side the escaping that an array of long JSON documents does; JSON never holds
 * the separator, and other text loses it.
 */
export function column(values: readonly (string | null)[]): RawBuilder<string[]> {
  if (values.length === 0) return sql`'{}'::text[]`
  const joined = values.map((value) => (value === null ? NULL : clean(value))).join(SEPARATOR)
  // The separator at the end keeps a single empty value from becoming no value.
  return sql`trim_array(string_to_array(${joined + SEPARATOR}, chr(31), chr(30)), 1)`
}

/** A moment as PostgreSQL reads it. */
export function moment(date: Date | null): string | null {
  return date === null ? null : date.toISOString()
}

function clean(value: string): string {
  return value.replace(marks, ' ')
}
