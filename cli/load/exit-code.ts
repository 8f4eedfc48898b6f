import type { LoadReport } from '../../subgraphs/kit/load/report.ts'

/**
 * The exit code of a load: 0 when all of it is shown or belongs to nobody's health; 1 when something is refused; 3
 * when nothing is, but something that may say something of patients is of a type that is not mapped.
 */
export function exitCodeOf({ refusalCounts, notMapped }: LoadReport): number {
  if (Object.keys(refusalCounts).length > 0) return 1
  return notMapped.length > 0 ? 3 : 0
}
