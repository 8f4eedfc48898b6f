import { type LcrRun, runLcr } from '../run-lcr.ts'

/** Runs `lcr audit` as it is installed, with no settings of its own. */
export function lcrAudit(dataDir: string, args: readonly string[]): Promise<LcrRun> {
  return runLcr(dataDir, ['audit', ...args])
}
