/** The columns of the file, all of which its first line must name. */
const columns = ['nhs_number', 'received_on', 'source', 'status', 'decided_on', 'reason'] as const

export type Column = (typeof columns)[number]

/** Where each column stands in a line. */
export type Places = ReadonlyMap<Column, number>

/**
 * Reads the first line; or says what is wrong with it, without repeating it: a file without a first
 * line of its own begins with a patient.
 */
export function readColumns(
  fields: readonly string[] | null,
): Places | { readonly problem: string } {
  const names = (fields ?? []).map((field) => field.toLowerCase())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    return { problem: `it must name the columns; missing: ${missing.join(', ')}` }
  }
  const strange = names.findIndex((name, at) => !isColumn(name) || names.indexOf(name) !== at)
  if (strange >= 0) {
    return { problem: `column ${strange + 1} is not one of ${columns.join(', ')}, or stands twice` }
  }
  return new Map(columns.map((column) => [column, names.indexOf(column)]))
}

function isColumn(name: string): name is Column {
  return columns.some((column) => column === name)
}
