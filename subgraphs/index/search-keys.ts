/** A postcode as the search compares it; null when nothing is left. */
export function toPostcodeKey(postcode: string): string | null {
  const key = postcode.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return key === '' ? null : key
}
