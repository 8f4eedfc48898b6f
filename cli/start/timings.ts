/** How long the phases of a start take. */
export interface Timings {
  /** Says that a phase is over. Phases overlap: each is counted from the beginning of the process. */
  end(phase: string): void
}

/** Counts from the beginning of the process, so that loading the program is included. */
export function createTimings(say: ((line: string) => void) | undefined): Timings {
  return {
    end(phase) {
      say?.(`${(performance.now() / 1000).toFixed(2).padStart(6)} s  ${phase}`)
    },
  }
}
