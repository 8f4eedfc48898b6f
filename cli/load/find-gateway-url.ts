import type { Config } from '../../gateway/config.ts'
import { GATEWAY } from '../start/postgres/databases.ts'
import { findDatabaseUrl } from './find-database-url.ts'

/**
 * Where the gateway's own database is: as the command line says, else as `findDatabaseUrl` knows.
 *
 * @param given of the command line
 * @returns or why there is none, in one line
 */
export async function findGatewayUrl(
  config: Config,
  given: string | undefined,
): Promise<{ readonly url: string } | { readonly problem: string }> {
  const url = given ?? (await findDatabaseUrl(config, GATEWAY))
  if (url === null) return { problem: NO_DATABASE }
  return /^postgres(ql)?:\/\//.test(url) ? { url } : { problem: NO_URL }
}

const NO_DATABASE =
  "no database of the gateway is known. Start the system with 'npm start', or set DATABASE_URL, or give --database-url"
const NO_URL = 'the database URL must be like postgres://user:password@host:port/database'
