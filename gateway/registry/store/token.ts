import { createHash, randomBytes } from 'node:crypto'

/**
 * Makes a token.
 *
 * @param prefix what it begins with, so that a lost one is recognised
 */
export function createToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`
}

/** What is kept of a token: SHA-256. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
