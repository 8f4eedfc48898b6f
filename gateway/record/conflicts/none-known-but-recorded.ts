import { type Conflict, conflictOf, namesOf, type Testimony } from './conflict.ts'
import { isInForce } from './in-force.ts'

/**
 * One source states that the patient has none, another has entries in force. It is found on every page
 * of the section: where some entries of a source are not in this answer, they may be in force. What a
 * source says beside its own statement is no contradiction between sources.
 */
export function noneKnownButRecorded(
  section: string,
  testimonies: readonly Testimony[],
): Conflict[] {
  const recording = testimonies.filter(
    (one) =>
      mayHold(section, one) && testimonies.some((other) => other.statesNone && other !== one),
  )
  const stating = testimonies.filter(
    (one) => one.statesNone && recording.some((other) => other !== one),
  )
  if (recording.length === 0) return []
  const entries = recording.flatMap(({ shown }) => shown.filter((each) => isInForce(section, each)))
  const isSeen = recording.every((one) => holdsInForce(section, one))
  const what = isSeen ? 'entries in force' : 'entries, not all of which are shown here'
  const text = `Stated by ${namesOf(stating)}: the patient has none. Recorded by ${namesOf(recording)}: ${what}.`
  return [
    conflictOf('NONE_KNOWN_BUT_RECORDED', text, { sources: [...stating, ...recording], entries }),
  ]
}

function mayHold(section: string, testimony: Testimony): boolean {
  if (holdsInForce(section, testimony)) return true
  return testimony.hasEntries && !testimony.isWhole
}

function holdsInForce(section: string, { shown }: Testimony): boolean {
  return shown.some((entry) => isInForce(section, entry))
}
