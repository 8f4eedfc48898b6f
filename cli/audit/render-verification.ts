import type { Verification } from '../../gateway/audit/verify/verify-trail.ts'
import { count } from './counter.ts'

/** So many chains without an anchor are named. */
const MOST_NAMED = 10

/** What a verification has found, in lines: the first broken link, every further one, and what could not be checked. */
export function renderVerification(found: Verification): string {
  const { breaks, chains, entries, checkpoints } = found
  const walked = `${count(entries)} entries in ${plural(chains, 'chain')}, ${plural(checkpoints, 'signature')}`
  const lines = breaks.map((broken, place) => {
    const name = broken.writer === null ? '' : `${broken.writer} `
    const entry = broken.sequence === null ? '' : `entry ${count(broken.sequence)} `
    const time = broken.recordedAt === null ? '' : ` (${broken.recordedAt})`
    const following = broken.following === 0 ? '' : `; ${count(broken.following)} more after it`
    const first = place === 0 ? 'First broken link: ' : ''
    return `${first}${name}${entry}${broken.problem}${time}${following}`
  })
  const verdict =
    breaks.length === 0
      ? `The trail is untouched: ${walked}.`
      : `The trail is BROKEN in ${plural(breaks.length, 'place')}: ${walked}.`
  return [verdict, ...lines, ...describeUnchecked(found)].join('\n')
}

function describeUnchecked({ uncheckedEnds, absentFolders }: Verification): string[] {
  const absent = absentFolders.map((folder) => `There are no anchors in '${folder}'.`)
  if (uncheckedEnds.length === 0) return absent
  const ends = uncheckedEnds.slice(0, MOST_NAMED).map(({ writer, last, signedTo }) => {
    const unsigned = last > signedTo ? `, signed up to ${count(signedTo)}` : ''
    return `  ${writer} ends with entry ${count(last)}${unsigned}`
  })
  const unnamed = uncheckedEnds.length - ends.length
  return [
    ...absent,
    `The ends of ${plural(uncheckedEnds.length, 'chain')} cannot be checked: no anchor was given.`,
    ...ends,
    ...(unnamed > 0 ? [`  and ${count(unnamed)} more`] : []),
  ]
}

function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`
}
