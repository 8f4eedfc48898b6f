import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { readNationalOptions } from '../cli/start/read-national-options.ts'
import { createNationalService } from '../subgraphs/index/national/create-national-service.ts'
import { type NationalDesk, openNationalDesk } from '../subgraphs/index/national/national-desk.ts'
import type { IndexDatabase } from '../subgraphs/index/store/tables.ts'
import type { Config } from './config.ts'

/**
 * Connects the national demographics service where one is set; null where none is.
 *
 * @throws {StartProblem} naming the setting whose file holds no usable key
 */
export async function connectNational(
  { national }: Pick<Config, 'national'>,
  parts: {
    readonly db: Kysely<IndexDatabase>
    readonly clock: () => Date
    readonly logger: Pick<Logger, 'warn'>
  },
): Promise<NationalDesk | null> {
  if (national === null) return null
  const { db, clock, logger } = parts
  const service = createNationalService(await readNationalOptions(national), {
    clock,
    onAway: (code) => logger.warn({ code }, 'the national demographics service does not answer'),
  })
  const { freshForMs, keptForMs } = national
  return openNationalDesk({ db, service, clock, freshForMs, keptForMs })
}
