import type { Sign } from '../../../conformance/subject/sign.ts'
import type { Answered, Asked, Fault } from '../breaking-proxy.ts'

/** A subgraph that breaks one thing, and what the tests are to say of it. */
export interface BrokenSubgraph {
  readonly what: string
  /** @param sign as the gateway would, for a proxy that lets in whom it should not */
  readonly fault: (sign: Sign) => Fault
  /** Groups or tests that run: all of those that look at anything like it. */
  readonly only: readonly string[]
  /** Exactly these fail, each with these words about what came. */
  readonly fails: Readonly<Record<string, string>>
}

// biome-ignore lint/suspicious/noExplicitAny: a fault changes answers of any shape
export type Loose = any

/** A fault that changes the answer as JSON. */
export function inAnswer(change: (body: Loose, asked: Asked) => void): Fault {
  return {
    answer(answered, asked) {
      const body = parse(answered.body)
      if (body === null) return answered
      change(body, asked)
      return { ...answered, body: JSON.stringify(body) }
    },
  }
}

/** A fault that reads another operation than the one that was sent. */
export function inOperation(change: (operation: Loose) => void): Fault {
  return {
    ask(asked) {
      const operation = parse(asked.body)
      if (typeof operation?.query !== 'string') return asked
      change(operation)
      return { ...asked, body: JSON.stringify(operation) }
    },
  }
}

/** A fault that takes assertions that it should not: as if they said something else. */
export function takes(sign: Sign, mend: (claims: Loose, asked: Asked) => Loose | null): Fault {
  return {
    ask(asked) {
      const claims = claimsOf(asked)
      const mended = claims && mend(claims, asked)
      if (!mended) return asked
      const authorization = sign({ change: () => mended })
      return { ...asked, headers: { ...asked.headers, authorization } }
    },
  }
}

/** The claims of a request's assertion, whoever signed them; null without. */
export function claimsOf({ headers }: Asked): Loose | null {
  const part = headers['authorization']?.split('.')[1]
  return part === undefined ? null : parse(Buffer.from(part, 'base64url').toString('utf8'))
}

/** The numbers of the records that a request is about. */
export function numbersIn({ body }: Asked): string[] {
  const representations: Loose[] = parse(body)?.variables?.representations ?? []
  return Array.isArray(representations)
    ? representations.flatMap((one) => one?.nhsNumber ?? [])
    : []
}

/** Every connection in an answer, with the key under which it came. */
export function connectionsIn(body: Loose): [key: string, connection: Loose][] {
  const records: Loose[] = body?.data?._entities ?? []
  return records.flatMap((record) =>
    Object.entries<Loose>(record ?? {}).filter(([, value]) => value?.nodes ?? value?.edges),
  )
}

/** An answer of one's own. */
export function answer(body: object, status = 200): Answered {
  return { status, body: JSON.stringify(body) }
}

function parse(text: string): Loose | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
