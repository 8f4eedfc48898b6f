import type { Demographics } from '../../generated/contract.ts'

/**
 * True where two servers give one NHS number to different people: their birth dates differ and their
 * family names do. One of both may be a slip or a marriage; what is absent contradicts nothing.
 */
export function contradicts(all: readonly Demographics[]): boolean {
  return all.some((one, index) => all.slice(index + 1).some((other) => isAnother(one, other)))
}

function isAnother(one: Demographics, other: Demographics): boolean {
  return differ(dayOf(one), dayOf(other)) && differ(nameOf(one), nameOf(other))
}

/** A birth date known as a year or month agrees with any day of it. */
function differ(one: string, other: string): boolean {
  return one !== '' && other !== '' && !one.startsWith(other) && !other.startsWith(one)
}

function dayOf({ birthDate }: Demographics): string {
  return (birthDate ?? '').slice(0, 10)
}

/** Ends with what no letter is, so that Smith and Smithson differ. */
function nameOf({ name }: Demographics): string {
  const letters = (name?.family ?? '').normalize('NFKD').toLowerCase().replace(/\P{L}/gu, '')
  return letters === '' ? '' : `${letters}.`
}
