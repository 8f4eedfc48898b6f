import { type Kysely, sql } from 'kysely'
import { type Clock, systemClock } from '../clock.ts'
import type { Participant } from '../participant.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import type { LoadProgress } from './load-context.ts'
import type { LoadSource } from './read/find-sources.ts'
import { type PreparedEntry, prepareEntry } from './read/prepare-entry.ts'
import { EntryReader } from './read/read-entries.ts'
import { type LoadReport, LoadTally } from './report.ts'
import { ReferenceResolver } from './resolve/resolver.ts'
import { settle } from './stage/settle.ts'
import { createStage, dropStage, indexStage, type LoadDatabase } from './stage/stage.ts'
import { StageWriter } from './stage/stage-writer.ts'
import { applyStage } from './write/apply-stage.ts'
import { createLinkTables } from './write/link-tables.ts'
import { withLoadLock } from './write/load-lock.ts'
import { mapAgain } from './write/map-again.ts'

/** How a load is told what to do besides its data. */
export interface LoadOptions {
  readonly clock?: Clock
  /** Files that were passed over because of their names, for the report. */
  readonly skippedFiles?: readonly string[]
  readonly onProgress?: (progress: LoadProgress) => void
  /** Called when another load of this participant is under way, and this one waits for its end. */
  readonly onWait?: () => void
}

/** A load: where to, and what. */
export interface Load extends LoadOptions {
  /** Migrated to the present schema. */
  readonly db: Kysely<ParticipantDatabase>
  readonly participant: Participant
  readonly sources: AsyncIterable<LoadSource> | Iterable<LoadSource>
}

/**
 * Takes FHIR R4 Bundles and resources into a participant's store, and says what became of every
 * entry. Everything is put aside first, so that neither the order of files nor that of entries
 * matters; then it is written in batches, each of them whole. A refused entry stops nothing.
 *
 * @throws when the database fails; what was written until then is whole, and loading again goes on
 */
export async function loadResources(load: Load): Promise<LoadReport> {
  return await load.db.connection().execute((connection) => {
    const db = connection.withTables<Omit<LoadDatabase, keyof ParticipantDatabase>>()
    return withLoadLock(
      db,
      () => load.onWait?.(),
      async () => {
        try {
          await createLinkTables(connection)
          await createStage(db)
          return await loadStaged(db, load)
        } finally {
          // A connection that broke has taken its temporary tables with it.
          await dropStage(db).catch(() => {})
        }
      },
    )
  })
}

async function loadStaged(db: Kysely<LoadDatabase>, load: Load): Promise<LoadReport> {
  const tally = new LoadTally()
  for (const file of load.skippedFiles ?? []) tally.skip(file)
  const stage = new StageWriter(db)
  const { bytes, staged } = await readAll(load, stage, tally)
  await indexStage(db)
  for (const { type, entries } of await settle(db)) tally.count('unchanged', type, entries)
  let done = 0
  const onBatch = (entries: number) => {
    done += entries
    load.onProgress?.({ phase: 'WRITING', bytes, entries: done, totalEntries: staged })
  }
  const context = {
    db,
    participant: load.participant,
    resolver: new ReferenceResolver(db, stage.atHand),
    asOf: (load.clock ?? systemClock)(),
    tally,
    atHand: stage.atHand,
    wasEmpty: await isEmpty(db),
    onBatch,
  }
  await applyStage(context)
  await mapAgain(context)
  return tally.report(load.participant.code)
}

/** Puts all that comes in aside. */
async function readAll(load: Load, stage: StageWriter, tally: LoadTally) {
  const reader = new EntryReader()
  let bytes = 0
  let entries = 0
  let staged = 0
  for await (const source of load.sources) {
    const portions = reader.read(source, (count) => {
      bytes += count
    })
    for await (const portion of portions) {
      for (const entry of portion) {
        const prepared = prepare(entry)
        if (prepared.kind === 'STAGED') {
          staged++
          if (stage.add(prepared.entry)) await stage.flush()
        }
        tallyEntry(tally, prepared, entry)
      }
      entries += portion.length
      load.onProgress?.({ phase: 'READING', bytes, entries, totalEntries: null })
    }
  }
  await stage.finish()
  return { bytes, staged }
}

type ReadEntry = Parameters<typeof prepareEntry>[0]

function prepare(entry: ReadEntry): PreparedEntry {
  try {
    return prepareEntry(entry)
  } catch {
    // Nested too deep to be written again. The error may quote the resource: it is not passed on.
    return { kind: 'REFUSED', resourceType: null, reason: 'NOT_MAPPABLE' }
  }
}

function tallyEntry(tally: LoadTally, prepared: PreparedEntry, { file, place }: ReadEntry): void {
  if (prepared.kind === 'UNSUPPORTED') tally.count('unsupported', prepared.resourceType)
  else if (prepared.kind === 'REFUSED') {
    const { resourceType, reason } = prepared
    tally.refuse({ file, place, resourceType, reason })
  } else if (prepared.entry.refusal !== null) {
    const { type, refusal } = prepared.entry
    tally.refuse({ file, place, resourceType: type, reason: refusal })
  }
}

async function isEmpty(db: Kysely<LoadDatabase>): Promise<boolean> {
  const { rows } = await sql<{ is_empty: boolean }>`
    select not exists (select from resource) as is_empty`.execute(db)
  return rows[0]?.is_empty === true
}
