/** What the launcher says while it works: on standard error, so that standard output stays the table. */
export interface Terminal {
  /** What is being done now. On a terminal one live line; elsewhere a line each. */
  phase(text: string): void
  /** How far the phase is, shown on a terminal alone. */
  progress(text: string): void
  /** A line that stays. */
  line(text: string): void
  /** Ends the live line. */
  clear(): void
}

const REDRAW_EVERY_MS = 100

/**
 * Speaks to a terminal, or in plain lines to whatever else standard error is.
 *
 * @param isLive false where a live line would stand in the way, as among logs
 */
export function createTerminal(output: NodeJS.WriteStream, isLive = output.isTTY): Terminal {
  let current = ''
  let detail = ''
  let since = Date.now()
  let timer: NodeJS.Timeout | undefined
  const erase = () => {
    if (timer) output.write('\r\u001b[K')
  }
  const draw = () => {
    const seconds = Math.floor((Date.now() - since) / 1000)
    const text = [current, detail, seconds > 0 ? `${seconds} s` : ''].filter(Boolean).join(' · ')
    output.write(`\r\u001b[K${text.slice(0, Math.max(20, (output.columns || 80) - 1))}`)
  }
  const clear = () => {
    erase()
    clearInterval(timer)
    timer = undefined
  }
  return {
    phase(text) {
      current = text
      detail = ''
      since = Date.now()
      if (!isLive) output.write(`${text}\n`)
      else {
        timer ??= setInterval(draw, REDRAW_EVERY_MS)
        draw()
      }
    },
    progress(text) {
      detail = text
    },
    line(text) {
      erase()
      output.write(`${text}\n`)
      if (timer) draw()
    },
    clear,
  }
}
