/** Ctrl-C, or being told to end. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** What a load that was interrupted says: what is in, and how to go on. */
export const INTERRUPTED =
  'interrupted: nothing of this load is in, and everything is as it was before. Run the same command again to load all of it'

/** The exit code after an interruption, as shells have it. */
export const INTERRUPTED_CODE = 130

/**
 * Does work that can be ended from the terminal: the first time at its next step, with time to undo what it did; the
 * second time the process ends at once.
 */
export async function untilInterrupted<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  for (const name of SIGNALS) process.once(name, abort)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of SIGNALS) process.removeListener(name, abort)
  }
}

/** True for the error with which an interrupted load ends. */
export function isInterruption(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
