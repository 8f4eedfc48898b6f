import { codesOf, describeReply, type Reply } from '../../conformance/subject/reply.ts'

/** How often a busy machine may be late. */
const TRIES = 8

/**
 * Asks until an answer comes in time: a subgraph answers within five seconds, or not.
 *
 * @throws for an answer with any other error
 */
export async function untilInTime<T extends Reply>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const reply = await ask()
    const codes = codesOf(reply)
    if (reply.data !== null && codes.length === 0) return reply
    const isLate = codes.every((code) => code === 'DEADLINE_EXCEEDED')
    if (!isLate || tries === TRIES) throw new Error(describeReply(reply))
  }
}
