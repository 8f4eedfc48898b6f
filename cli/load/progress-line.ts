import type { LoadProgress } from '../../subgraphs/kit/load/load-context.ts'

/** What a load says while it runs: a line that is drawn anew on a terminal, nothing elsewhere. */
export interface ProgressLine {
  show(progress: LoadProgress): void
  /** A line that stays, wherever standard error goes. */
  say(line: string): void
  /** Takes the line away. */
  end(): void
}

const redrawEveryMs = 100

/** @param totalBytes size of what is read; null when it is not known */
export function createProgressLine(
  output: NodeJS.WriteStream,
  totalBytes: number | null,
  now = Date.now,
): ProgressLine {
  const since = now()
  let drawnAt = Number.NEGATIVE_INFINITY
  const erase = () => {
    if (output.isTTY) output.write('\r\u001b[K')
  }
  return {
    show(progress) {
      if (!output.isTTY || now() - drawnAt < redrawEveryMs) return
      drawnAt = now()
      const line = describeProgress(progress, totalBytes, (drawnAt - since) / 1000)
      output.write(`\r\u001b[K${line.slice(0, Math.max(20, (output.columns || 80) - 1))}`)
    },
    say(line) {
      erase()
      output.write(`${line}\n`)
    },
    end: erase,
  }
}

/** How far a load is, in one line. */
export function describeProgress(
  { phase, bytes, entries, totalEntries }: LoadProgress,
  totalBytes: number | null,
  seconds: number,
): string {
  if (phase === 'WRITING' && totalEntries !== null) {
    const share = totalEntries === 0 ? 100 : Math.floor((entries / totalEntries) * 100)
    return `Writing ${share} % · ${count(entries)} of at most ${count(totalEntries)} resources`
  }
  const read =
    totalBytes === null || totalBytes === 0
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${Math.min(100, Math.floor((bytes / totalBytes) * 100))} %`
  const perSecond = seconds > 0 ? ` · ${count(Math.round(entries / seconds))} per second` : ''
  return `Reading ${read} · ${count(entries)} resources${perSecond}`
}

function count(number: number): string {
  return number.toLocaleString('en-GB')
}
