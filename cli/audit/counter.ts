/** How far a walk over the trail is: a line that is drawn anew on a terminal, nothing elsewhere. */
export interface Counter {
  show(verb: string, done: { readonly entries: number; readonly total?: number }): void
  /** Takes the line away. */
  end(): void
}

const REDRAW_EVERY_MS = 100

/** @param output usually standard error */
export function createCounter(output: NodeJS.WriteStream, now = Date.now): Counter {
  const since = now()
  let drawnAt = since
  return {
    show(verb, { entries, total }) {
      if (!output.isTTY || now() - drawnAt < REDRAW_EVERY_MS) return
      drawnAt = now()
      const perSecond = Math.round((entries * 1000) / (drawnAt - since))
      const ofAll = total === undefined ? '' : ` of about ${count(total)}`
      const line = `${verb} ${count(entries)}${ofAll} entries · ${count(perSecond)} per second`
      output.write(`\r\u001b[K${line.slice(0, Math.max(20, (output.columns || 80) - 1))}`)
    },
    end() {
      if (output.isTTY) output.write('\r\u001b[K')
    },
  }
}

/** A number as it is read: `1,200,000`. */
export function count(number: number): string {
  return number.toLocaleString('en-GB')
}
