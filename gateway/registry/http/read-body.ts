import * as z from 'zod'
import type { Offer } from '../publishing/parts.ts'

const offer = z.strictObject({
  schema: z.string().min(1).max(2_000_000),
  url: z.string().min(1).max(2000),
})

const rollback = z.strictObject({
  to: z
    .string()
    .regex(/^\d{1,18}$/)
    .exactOptional(),
})

/** What is wrong with a body, in one sentence that repeats nothing of it. */
export interface BodyProblem {
  readonly problem: string
}

/** Reads `{"schema": "…", "url": "…"}`. */
export function readOffer(body: unknown): Offer | BodyProblem {
  const read = offer.safeParse(body)
  if (read.success) return { sdl: read.data.schema, url: read.data.url }
  return {
    problem:
      'The body must be {"schema": "…", "url": "…"}: the schema in GraphQL SDL, 2,000,000 characters at most, and the URL of its endpoint, 2,000 at most.',
  }
}

/** Reads `{"to": "12"}`, or `{}`. */
export function readRollback(body: unknown): { readonly to?: string } | BodyProblem {
  const read = rollback.safeParse(body ?? {})
  if (read.success) return read.data
  return { problem: 'The body must be {} or {"to": "…"}, with the number of a publication.' }
}
