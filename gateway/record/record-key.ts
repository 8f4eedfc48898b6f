/** A record at its participant, in a set: each is asked for in a call of its own. */
export function recordKey(record: {
  readonly nhsNumber?: unknown
  readonly server?: unknown
}): string {
  const { nhsNumber, server } = record
  const number = typeof nhsNumber === 'string' ? nhsNumber : ''
  return typeof server === 'string' ? `${number} ${server}` : number
}
