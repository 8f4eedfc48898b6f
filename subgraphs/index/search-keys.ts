/**
 * A family name as the search compares it: without case, accents, apostrophes, hyphens and spaces, so
 * that `O’Neill` is `ONEILL`. Null when no letter is left.
 */
export function toNameKey(name: string): string | null {
  const key = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
  return key === '' ? null : key
}

/** A postcode as the search compares it; null when nothing is left. */
export function toPostcodeKey(postcode: string): string | null {
  const key = postcode.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return key === '' ? null : key
}
