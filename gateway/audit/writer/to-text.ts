import type { EntryBody } from '../entries.ts'

/**
 * An entry as the text that is hashed. What PostgreSQL's JSON cannot hold, the character NUL and halves of
 * characters, becomes U+FFFD: a client's text must not keep an entry from being written.
 */
export function toText(entry: EntryBody): string {
  const text = JSON.stringify(entry)
  if (!ESCAPED.test(text)) return text
  return JSON.stringify(entry, (_name, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(UNWRITABLE, '\ufffd') : value,
  )
}

/** As characters are read, a surrogate is one that has lost its other half. */
const UNWRITABLE = /\0|[\ud800-\udfff]/gu

/** As JSON writes them; what merely reads like it is looked at as well. */
const ESCAPED = /\\u(0000|d[89a-f])/

const LONGEST_PLAIN = 500

/** The same entry with short texts of ASCII alone, which every database holds. */
export function toPlainText(body: string): string {
  const plain: unknown = JSON.parse(body, (_name, value: unknown) =>
    typeof value === 'string'
      ? value.slice(0, LONGEST_PLAIN).replaceAll(/[^\x20-\x7e]/g, '?')
      : value,
  )
  return JSON.stringify(plain)
}
