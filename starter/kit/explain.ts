import { StartProblem } from '../../cli/start/problem.ts'
import type { KitSettings } from './settings.ts'

/** What the codes of PostgreSQL and of Node mean of a DATABASE_URL. */
const DATABASE_PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no database answers there',
  ENOTFOUND: 'its host is not known',
  ETIMEDOUT: 'no database answers there',
  '28P01': 'the database refuses the user or the password',
  '28000': 'the database refuses the user',
  '3D000': 'there is no such database',
  '42501': 'its user may not make tables there',
}

/** Why a subgraph did not start, as the setting to mend where that is known. */
export function explain(error: unknown, settings: KitSettings): unknown {
  const { databaseUrl, gatewayKeys, port } = settings
  const { code = '', path } = innermost(error)
  if (code === 'EADDRINUSE') {
    return new StartProblem(
      `Port ${port} is taken: stop what uses it, or set PORT in .env to another`,
    )
  }
  if (code === 'ENOENT' && path === gatewayKeys) {
    return new StartProblem(`LCR_GATEWAY_KEYS is ${gatewayKeys}, and there is no such file`)
  }
  const problem = DATABASE_PROBLEMS[code]
  if (databaseUrl === undefined || problem === undefined) return error
  return new StartProblem(`DATABASE_URL cannot be used: ${problem}`)
}

function innermost(error: unknown): NodeJS.ErrnoException {
  const { code, cause, errors } = error as NodeJS.ErrnoException & { errors?: unknown[] }
  if (code !== undefined) return error as NodeJS.ErrnoException
  const inner = errors?.[0] ?? cause
  return inner === undefined ? (error as NodeJS.ErrnoException) : innermost(inner)
}
