import { createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readOrCreate } from '../data-folder.ts'

/**
 * The password of any role of the embedded PostgreSQL. Each is derived from one random secret, made
 * at first use and kept in `passwords.json` for its owner alone, so that a participant that joins
 * later has a password as well; from one password no other can be found.
 */
export async function ensurePasswords(dataDir: string): Promise<(role: string) => string> {
  const text = await readOrCreate(join(dataDir, 'passwords.json'), async () =>
    JSON.stringify({ secret: randomBytes(32).toString('base64url') }),
  )
  const { secret } = JSON.parse(text) as { secret: string }
  return (role) => createHmac('sha256', secret).update(role).digest('base64url')
}
