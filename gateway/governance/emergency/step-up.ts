import type { Caller } from '../../identity/caller.ts'

/** Clocks may differ by so much; a sign-in further ahead is none. */
const CLOCK_TOLERANCE_MS = 60_000

/**
 * Whether the caller is surely there now: signed in at assurance level 3, or within the last minutes.
 * A token that does not say when is not fresh.
 */
export function isSurelyPresent(
  { assuranceLevel, signedInAt }: Pick<Caller, 'assuranceLevel' | 'signedInAt'>,
  now: Date,
  withinMinutes: number,
): boolean {
  if (assuranceLevel >= 3) return true
  if (signedInAt === null) return false
  const ageMs = now.getTime() - signedInAt.getTime()
  return ageMs >= -CLOCK_TOLERANCE_MS && ageMs <= withinMinutes * 60_000
}
