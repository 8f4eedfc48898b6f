/**
 * Ends after a time, as `AbortSignal.timeout` does, but reads first what has come by then: while this
 * process makes a new release it reads nothing, and an answer that came in time is no late one.
 *
 * @param ms whole milliseconds
 */
export function deadlineSignal(ms: number): AbortSignal {
  const deadline = new AbortController()
  const end = () => deadline.abort(new DOMException('The time is over', 'TimeoutError'))
  setTimeout(() => setImmediate(end), ms).unref()
  return deadline.signal
}
