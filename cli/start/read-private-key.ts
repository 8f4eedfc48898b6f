import { readFile } from 'node:fs/promises'
import type { JWK } from 'jose'
import { StartProblem } from './problem.ts'

/**
 * A private key from a file that holds it as a JWK. A parser's message would quote the key: it is not
 * passed on.
 *
 * @throws {StartProblem} naming the setting that names no such file
 */
export async function readPrivateKey(file: string, variable: string): Promise<JWK> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    const key = JSON.parse(text) as JWK
    if (typeof key.kty === 'string' && typeof key.d === 'string') return key
  } catch {
    // Said below.
  }
  throw new StartProblem(`${variable} names no file with a private key in JSON (JWK)`)
}
