/** A failure's code or kind for the log, never its message: that could hold a row's values. */
export function problemOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'UNKNOWN'
}
