import { type Kysely, sql } from 'kysely'
import {
  ownersOf,
  type UnheardReason,
  whyUnheard,
} from '../../subgraphs/index/relationships/why-unheard.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { ParticipantDatabase, RelationshipKind } from '../../subgraphs/kit/store/tables.ts'

/** Relationships of one kind that a participant tells and that open nothing, for one reason. */
export interface UnheardCount {
  readonly kind: RelationshipKind
  readonly reason: UnheardReason
  readonly relationships: number
}

/** Counts what a participant's store tells that is not for it to tell; names no patient. */
export async function findUnheard(
  db: Kysely<ParticipantDatabase>,
  participant: Participant,
  participants: readonly Participant[],
): Promise<UnheardCount[]> {
  const owners = ownersOf(participants)
  const { rows } = await sql<{
    kind: RelationshipKind
    ods_code: string
    referrer: string | null
    relationships: number
  }>`
    select kind, ods_code, referrer, count(*)::int as relationships from care_relationship
    group by kind, ods_code, referrer order by kind`.execute(db)
  const counts = new Map<string, UnheardCount>()
  for (const { kind, ods_code: odsCode, referrer, relationships } of rows) {
    const reason = whyUnheard({ kind, participant: participant.code, odsCode, referrer }, owners)
    if (reason === null) continue
    const key = `${reason} ${kind}`
    const known = counts.get(key)?.relationships ?? 0
    counts.set(key, { kind, reason, relationships: known + relationships })
  }
  return [...counts.values()]
}
