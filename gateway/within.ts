/** What was waited for did not come in time. */
class TooLateError extends Error {
  override readonly name = 'TooLateError'
  readonly code = 'TOO_LATE'
}

/**
 * What a promise brings, if it comes in time; it goes on by itself when it does not.
 *
 * @param deadlineAt by `performance.now()`
 * @throws TooLateError when it does not, else what the promise throws
 */
export async function within<Value>(deadlineAt: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    const left = Math.max(0, deadlineAt - performance.now())
    // What has come by then is read first, however busy this process was.
    timer = setTimeout(() => setImmediate(() => reject(new TooLateError())), left)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
