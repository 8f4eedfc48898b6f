import { type Kysely, sql } from 'kysely'
import type { ExclusionLists } from '../exclusions/exclusion-lists.ts'
import type { Participant } from '../participant.ts'
import type { RecordSource, ServiceState } from '../record-source.ts'
import { isContributor } from '../schema/participant-sdl.ts'
import { until } from '../store/connect.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import { findResources } from './find-resources.ts'
import { isHeld } from './held.ts'
import { readFeed } from './read-feed.ts'
import { readScreened } from './read-screened.ts'
import { createRecordReader } from './record-reader.ts'

/** Above this many entries, counting takes longer than the answer is worth: PostgreSQL estimates. */
const COUNTED_UP_TO = 1_000_000

/**
 * A participant's own store as the source of its records.
 *
 * @param db opened by `connect`, in the present schema; closed with the source
 */
export function createStoreSource(
  db: Kysely<ParticipantDatabase>,
  participant: Participant,
  lists: ExclusionLists,
): RecordSource {
  const contributes = isContributor(participant)
  return {
    begin({ signal, onExcluded }) {
      const bounded = until(db, signal)
      const screen = { lists, onExcluded }
      return {
        ...createRecordReader((keys) => readScreened(bounded, keys, screen)),
        findResources: (record, type) => findResources(bounded, { ...record, type }, lists),
        // It ends by itself, and the index gives it more time than an answer has.
        readFeed: (page) => readFeed(db, { ...page, contributes }),
      }
    },
    countService: () => countService(db),
    async checkReadiness() {
      await sql`select from item, patient, resource, care_relationship limit 0`.execute(db)
    },
    close: () => db.destroy(),
  }
}

async function countService(db: Kysely<ParticipantDatabase>): Promise<ServiceState> {
  const { rows } = await sql<{ as_of: Date | null; patients: string; items: string }>`
    select
      (select max(as_of) from patient) as as_of,
      (select count(*) from patient where ${isHeld}) as patients,
      case when estimate.items > ${COUNTED_UP_TO} then estimate.items
        else (select count(*) from item where not is_restricted and not is_none_known and is_understood) end as items
    from (select reltuples::bigint as items from pg_class where oid = 'item'::regclass) as estimate
  `.execute(db)
  const [row] = rows
  return {
    status: 'UP',
    asOf: row?.as_of?.toISOString() ?? null,
    patients: Number(row?.patients ?? 0),
    items: Number(row?.items ?? 0),
  }
}
