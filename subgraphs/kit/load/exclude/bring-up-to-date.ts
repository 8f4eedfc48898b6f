import type { Kysely } from 'kysely'
import type { Clock } from '../../clock.ts'
import type { ExclusionLists } from '../../exclusions/exclusion-lists.ts'
import type { Participant } from '../../participant.ts'
import type { ParticipantDatabase } from '../../store/tables.ts'
import type { LinkTables } from '../write/link-tables.ts'
import { ifNobodyLoads, withLoadLock } from '../write/load-lock.ts'
import { finishMapping, judgeStore, readStoreState } from './judge-store.ts'
import { createJudging } from './judging.ts'

/**
 * Sees to it, before a subgraph serves, that everything stored is judged by the present lists: after a
 * change of them, and after a load that was cut short. A load that is under way finishes that itself.
 */
export async function bringUpToDate(
  db: Kysely<ParticipantDatabase>,
  given: {
    readonly participant: Participant
    readonly exclusions: ExclusionLists
    readonly clock?: Clock | undefined
  },
): Promise<void> {
  const state = await readStoreState(db, given.exclusions.digest)
  if (state === 'JUDGED') return
  await db.connection().execute(async (connection) => {
    const own = connection.withTables<LinkTables>()
    const store = { ...given, db: own, judging: createJudging(given.exclusions) }
    if (state === 'UNFINISHED') await ifNobodyLoads(own, () => finishMapping(store))
    else
      await withLoadLock(
        own,
        () => {},
        () => judgeStore(store),
      )
  })
}
