import { type Kysely, sql } from 'kysely'
import { type Clock, systemClock } from '../../clock.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import type { Participant } from '../../participant.ts'
import type { ParticipantDatabase } from '../../store/tables.ts'
import type { LoadContext } from '../load-context.ts'
import { LoadTally } from '../report.ts'
import { ReferenceResolver } from '../resolve/resolver.ts'
import { createStoreLookup } from '../resolve/store-lookup.ts'
import { MemoryStage } from '../stage/memory-stage.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from '../write/columns.ts'
import { mapAgain } from '../write/map-again.ts'
import { PatientChanges } from '../write/patient-changes.ts'
import { inTransaction } from '../write/transaction.ts'
import { touchPatients } from '../write/write-patients.ts'
import { hide, markRecords } from './defer-judgement.ts'
import type { Judging } from './judging.ts'

/** A store to be judged. `db` is one connection. */
export interface StoreJudging {
  readonly db: LoadDatabase
  readonly participant: Participant
  readonly judging: Judging
  readonly clock?: Clock | undefined
}

/** How a store stands to the lists: judged by them, not yet, or with a load that was cut short. */
export type StoreState = 'JUDGED' | 'OUTDATED' | 'UNFINISHED'

/** So many resources are looked at at a time. */
const portion = 500

/** How what is stored stands to these lists. An empty store is judged by being empty. */
export async function readStoreState(
  db: Kysely<ParticipantDatabase>,
  digest: string,
): Promise<StoreState> {
  await sql`
    insert into exclusion_list (digest)
    select ${digest} where not exists (select from resource)
    on conflict do nothing`.execute(db)
  const { rows } = await sql<{ digest: string | null; is_unfinished: boolean }>`
    select (select digest from exclusion_list) as digest,
      exists (select from resource where not is_mapped) as is_unfinished`.execute(db)
  const [state] = rows
  if (state?.digest !== digest) return 'OUTDATED'
  return state.is_unfinished ? 'UNFINISHED' : 'JUDGED'
}

/**
 * Judges all that is stored again when the lists have changed since. What they exclude now is hidden
 * first; then whatever goes with it, and what they exclude no longer, comes out as it should. To be
 * done under the lock of loading. Cut short, it begins anew the next time.
 */
export async function judgeStore(given: StoreJudging): Promise<void> {
  const { db, judging } = given
  const { digest } = judging.lists
  if ((await readStoreState(db, digest)) !== 'OUTDATED') return
  await markChanges(given)
  await finishMapping(given)
  await sql`
    insert into exclusion_list (digest) values (${digest})
    on conflict (is_present) do update set digest = excluded.digest`.execute(db)
}

/** Maps what a load has left unmapped that was cut short. To be done under the lock of loading. */
export async function finishMapping({
  db,
  participant,
  judging,
  clock = systemClock,
}: StoreJudging): Promise<void> {
  const stage = new MemoryStage(db, [])
  const context: LoadContext = {
    db,
    stage,
    participant,
    judging,
    tally: new LoadTally(),
    changes: new PatientChanges(),
    wasEmpty: false,
    suspects: new Set(),
    loadedAt: '',
    resolver: new ReferenceResolver(stage, createStoreLookup(db, false)),
    asOf: clock(),
    onBatch: () => {},
  }
  await inTransaction(db, async () => {
    await mapAgain(context)
    await context.changes.write(db, context.asOf)
  })
}

interface StoredResource {
  readonly type: string
  readonly id: string
  readonly nhs_number: string | null
  readonly is_itself: boolean
  readonly json: string
}

/** Looks through everything once, and marks the records of those for whom something changes. */
async function markChanges({ db, judging, clock = systemClock }: StoreJudging): Promise<void> {
  let after = { type: '', id: '' }
  for (;;) {
    const { rows } = await sql<StoredResource>`
      select type, id, nhs_number, coalesce(exclusion = 'ITSELF', false) as is_itself,
        content::text as json
      from resource where (type, id) > (${after.type}, ${after.id})
      order by type, id limit ${portion}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last
    const judged = rows.map((row) => ({
      row,
      isExcluded: judging.isExcludedItself(JSON.parse(row.json) as FhirResource),
    }))
    const changed = judged.filter(({ row, isExcluded }) => isExcluded !== row.is_itself)
    if (changed.length > 0) await markPortion(db, changed, clock())
  }
}

async function markPortion(
  db: LoadDatabase,
  changed: readonly { readonly row: StoredResource; readonly isExcluded: boolean }[],
  asOf: Date,
): Promise<void> {
  await inTransaction(db, async () => {
    const hidden = changed.filter(({ isExcluded }) => isExcluded).map(({ row }) => row)
    await touchPatients(db, await hide(db, hidden), asOf)
    await sql`
      update resource set exclusion = judged.exclusion, is_mapped = false
      from unnest(
        ${column(changed.map(({ row }) => row.type))},
        ${column(changed.map(({ row }) => row.id))},
        ${column(changed.map(({ isExcluded }) => (isExcluded ? 'ITSELF' : null)))}
      ) as judged (type, id, exclusion)
      where resource.type = judged.type and resource.id = judged.id`.execute(db)
    const keys = changed.map(({ row }) => `${row.type}/${row.id}`)
    const { rows: dependent } = await sql<{ nhs_number: string }>`
      select distinct nhs_number from resource_dependency
      where target = any(${column(keys)})`.execute(db)
    const owners = changed.flatMap(({ row }) => row.nhs_number ?? [])
    await markRecords(db, [...owners, ...dependent.map((row) => row.nhs_number)])
  })
}
