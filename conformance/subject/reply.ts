import { type Json, toObject, toObjects } from './json.ts'

/** What came of one call. */
export interface Reply {
  /** Null when no whole answer came. */
  readonly status: number | null
  readonly problem: 'TIMED_OUT' | 'BROKEN_OFF' | 'TOO_LARGE' | null
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly data: Json | null
  readonly errors: readonly Json[]
  readonly ms: number
}

/** The stable codes of an answer's errors; `no code` for an error without one. */
export function codesOf({ errors }: Pick<Reply, 'errors'>): string[] {
  return errors.map((error) => {
    const code = toObject(error['extensions'])?.['code']
    // Somebody else's text stays out of the report, unless it is a word such as FORBIDDEN.
    return typeof code === 'string' && /^[A-Z][A-Z_]{2,40}$/.test(code) ? code : 'no code'
  })
}

/** The codes of the errors at one place of the answer. */
export function codesAt(reply: Reply, path: readonly (string | number)[]): string[] {
  return codesOf({
    errors: reply.errors.filter((error) => JSON.stringify(error['path']) === JSON.stringify(path)),
  })
}

/** True when the answer holds anything of an entity. */
export function hasEntities({ data }: Reply): boolean {
  return toObjects(data?.['_entities']).length > 0
}

/** An answer in words, without any of its values. */
export function describeReply(reply: Reply): string {
  const { status, problem, data, ms } = reply
  if (problem === 'TIMED_OUT') return `no answer within ${Math.round(ms)} ms`
  if (problem === 'TOO_LARGE') return 'an answer that is too large to be read'
  if (status === null) return 'a broken connection'
  const codes = [...new Set(codesOf(reply))]
  return [
    `HTTP ${status}`,
    data ? 'with data' : 'without data',
    ...(codes.length > 0 ? [`and errors (${codes.join(', ')})`] : []),
  ].join(' ')
}
