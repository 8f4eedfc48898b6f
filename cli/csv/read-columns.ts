/**
 * Reads the first line of a file: where each column stands. Or says what is wrong with it, without
 * repeating it: a file without a first line of its own begins with a patient.
 */
export function readColumns<Column extends string>(
  columns: readonly Column[],
  fields: readonly string[] | null,
): ReadonlyMap<Column, number> | { readonly problem: string } {
  const names = (fields ?? []).map((field) => field.toLowerCase())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    return { problem: `it must name the columns; missing: ${missing.join(', ')}` }
  }
  const strange = names.findIndex(
    (name, at) => !columns.some((column) => column === name) || names.indexOf(name) !== at,
  )
  if (strange >= 0) {
    return { problem: `column ${strange + 1} is not one of ${columns.join(', ')}, or stands twice` }
  }
  return new Map(columns.map((column) => [column, names.indexOf(column)]))
}
