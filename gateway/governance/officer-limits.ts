import { readNhsNumber } from './arguments.ts'
import type { GovernanceContext } from './context.ts'

/** Whose events or alerts an officer may see; null does not narrow. */
export interface OfficerLimits {
  /** The patient's numbers, where a patient is asked about. */
  readonly nhsNumbers: readonly string[] | null
  /** Whose staff's alone. */
  readonly participant: string | null
}

/**
 * What officers see: what concerns staff of their own participant and, of a patient whom the participant
 * knows, staff of any. Where it does not know the patient the limits are its own staff's, and nothing
 * says so.
 *
 * @param nhsNumber as it was written; null or undefined for no patient
 * @throws BAD_USER_INPUT, naming the argument
 */
export async function officerLimits(
  nhsNumber: string | null | undefined,
  participant: string,
  { linkedNumbers, isKnownTo }: Pick<GovernanceContext, 'linkedNumbers' | 'isKnownTo'>,
): Promise<OfficerLimits> {
  if (nhsNumber == null) return { nhsNumbers: null, participant }
  const number = readNhsNumber(nhsNumber)
  const [linked, isKnown] = await Promise.all([
    linkedNumbers(number),
    isKnownTo(participant, number),
  ])
  return {
    nhsNumbers: [...new Set([number, ...linked])],
    participant: isKnown ? null : participant,
  }
}
