import { randomBytes } from 'node:crypto'

/** Crockford's base 32: nothing that is mistaken for something else when read out on the telephone. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new alert's reference, such as `PA-7Q2M-X9KD-04ZT`: 60 random bits, told from nothing. */
export function newAlertReference(): string {
  const letters = [...randomBytes(12)].map((byte) => LETTERS.charAt(byte % 32)).join('')
  return `PA-${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`
}
