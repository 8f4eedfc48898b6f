/** What an import says while it runs: a line that is drawn anew on a terminal, nothing elsewhere. */
export interface LineCounter {
  show(line: number): void
  /** A line that stays, wherever standard error goes. */
  say(text: string): void
  /** Takes the counting line away. */
  end(): void
}

const REDRAW_EVERY_MS = 100

export function createLineCounter(output: NodeJS.WriteStream, now = Date.now): LineCounter {
  let drawnAt = now()
  const erase = () => {
    if (output.isTTY) output.write('\r\u001b[K')
  }
  return {
    show(line) {
      if (!output.isTTY || now() - drawnAt < REDRAW_EVERY_MS) return
      drawnAt = now()
      output.write(`\r\u001b[KRead ${line.toLocaleString('en-GB')} lines`)
    },
    say(text) {
      erase()
      output.write(`${text}\n`)
    },
    end: erase,
  }
}
