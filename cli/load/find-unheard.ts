import { type Kysely, sql } from 'kysely'
import {
  countUnheard,
  ownersOf,
  type UnheardCount,
} from '../../subgraphs/index/relationships/why-unheard.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { ParticipantDatabase, RelationshipKind } from '../../subgraphs/kit/store/tables.ts'

/** Counts what a participant's store tells that is not for it to tell; names no patient. */
export async function findUnheard(
  db: Kysely<ParticipantDatabase>,
  participant: Participant,
  participants: readonly Participant[],
): Promise<UnheardCount[]> {
  const { rows } = await sql<{
    kind: RelationshipKind
    ods_code: string
    referrer: string | null
    relationships: number
  }>`
    select kind, ods_code, referrer, count(*)::int as relationships from care_relationship
    group by kind, ods_code, referrer order by kind`.execute(db)
  const told = rows.map(({ kind, ods_code: odsCode, referrer, relationships }) => ({
    kind,
    participant: participant.code,
    odsCode,
    referrer,
    relationships,
  }))
  return countUnheard(told, ownersOf(participants))
}
