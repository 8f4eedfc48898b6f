const FIELD = /\s*(?:"((?:[^"]|"")*)"\s*|([^",]*))(,|$)/y

/**
 * The fields of one line of CSV (RFC 4180), blanks around them taken away; null where a quotation mark
 * is not closed or stands in the middle. A field does not go on over the end of its line.
 */
export function splitLine(line: string): string[] | null {
  const fields: string[] = []
  FIELD.lastIndex = 0
  for (;;) {
    const match = FIELD.exec(line)
    if (!match) return null
    const [, quoted, plain, end] = match
    fields.push((quoted?.replaceAll('""', '"') ?? plain ?? '').trim())
    if (end === '') return fields
  }
}
