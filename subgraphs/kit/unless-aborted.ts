/** A promise that others wait for too; rejects with the signal's reason as soon as it is aborted. */
export async function unlessAborted<Value>(
  shared: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  signal.throwIfAborted()
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([shared, aborted])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}
