import { type RawBuilder, sql } from 'kysely'

const SEPARATOR = '\u001f'
const NULL = '\u001e'
// biome-ignore lint/suspicious/noControlCharactersInRegex: the marks above, and what PostgreSQL refuses
const mark = /[\u0000\u001e\u001f]/

/**
 * A column of a many-row insert as one `text[]` parameter, for use inside `unnest`. One joined
 * string costs neither side the escaping that an array of long JSON documents does; text that holds
 * the separator loses it.
 */
export function column(values: readonly (string | null)[]): RawBuilder<string[]> {
  return joined(values.map((value) => (value === null ? NULL : clean(value))))
}

/** A column of JSON documents, which never hold a control character. */
export function jsonColumn(documents: readonly string[]): RawBuilder<string[]> {
  return joined(documents)
}

function joined(values: readonly string[]): RawBuilder<string[]> {
  if (values.length === 0) return sql`'{}'::text[]`
  // The separator at the end keeps a single empty value from becoming no value.
  const text = values.join(SEPARATOR) + SEPARATOR
  return sql`trim_array(string_to_array(${text}, chr(31), chr(30)), 1)`
}

/** A moment as PostgreSQL reads it. */
export function moment(date: Date | null): string | null {
  return date === null ? null : date.toISOString()
}

function clean(value: string): string {
  return mark.test(value) ? value.split(mark).join(' ') : value
}
