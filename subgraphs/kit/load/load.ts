import { type Kysely, sql } from 'kysely'
import { type Clock, systemClock } from '../clock.ts'
import type { ExclusionLists } from '../exclusions/exclusion-lists.ts'
import { loadExclusions } from '../exclusions/load-exclusions.ts'
import { typesContained } from '../fhir/contained.ts'
import { showsRelationship } from '../fhir/relationships.ts'
import type { Participant } from '../participant.ts'
import { isContributor } from '../schema/participant-sdl.ts'
import { notSharedBy } from '../shares.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import { judgeStore } from './exclude/judge-store.ts'
import { createJudging, type Judging } from './exclude/judging.ts'
import { findSuspects } from './exclude/suspects.ts'
import type { LoadContext, LoadProgress } from './load-context.ts'
import type { LoadSource } from './read/find-sources.ts'
import { type PreparedEntry, type Preparing, prepareEntry } from './read/prepare-entry.ts'
import { EntryReader } from './read/read-entries.ts'
import { readSource } from './read/source.ts'
import { type LoadReport, LoadTally } from './report.ts'
import { ReferenceResolver } from './resolve/resolver.ts'
import { createStoreLookup } from './resolve/store-lookup.ts'
import { GrowingStage } from './stage/growing-stage.ts'
import { createKnowByOwnId } from './stage/known-by-own-id.ts'
import type { LoadDatabase, Stage } from './stage/stage.ts'
import { refuseClashes } from './tell-apart/refuse-clashes.ts'
import { applyStage } from './write/apply-stage.ts'
import type { LinkTables } from './write/link-tables.ts'
import { withLoadLock } from './write/load-lock.ts'
import { mapAgain } from './write/map-again.ts'
import { PatientChanges } from './write/patient-changes.ts'
import { inTransaction } from './write/transaction.ts'

/** How a load is told what to do besides its data. */
export interface LoadOptions {
  readonly clock?: Clock
  /** Files that were passed over because of their names, for the report. */
  readonly skippedFiles?: readonly string[]
  /** Up to so many entries and characters of JSON a load needs no temporary tables. */
  readonly inMemory?: { readonly entries: number; readonly length: number }
  readonly onProgress?: (progress: LoadProgress) => void
  /** Called when another load of this participant is under way, and this one waits for its end. */
  readonly onWait?: () => void
  /** Ends the load before it is over, with nothing of it in. */
  readonly signal?: AbortSignal
  /** A name or base URL of the server whose data it is, for entries that do not name theirs. */
  readonly source?: string | undefined
  /** What is never shared; the short list alone when left out. */
  readonly exclusions?: ExclusionLists
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
 * matters; then it is written as one transaction, so that nobody sees a patient by half. A refused entry
 * stops nothing. docs/decisions/0024
 *
 * @throws {SourceError} before anything is read, when the source is neither a name nor a base URL
 * @throws {ExclusionListError} before anything is read, when what is never shared is not known
 * @throws {NotUtf8Error} before anything is written, for standard input that is not UTF-8
 * @throws when the database fails, or `signal` ends it: then nothing of it is in, and loading again begins anew
 */
export async function loadResources(load: Load): Promise<LoadReport> {
  const source = load.source === undefined ? null : readSource(load.source)
  const judging = createJudging(load.exclusions ?? (await loadExclusions()))
  return await load.db.connection().execute((connection) => {
    const db = connection.withTables<LinkTables>()
    return withLoadLock(
      db,
      () => load.onWait?.(),
      async () => {
        const tally = new LoadTally(notSharedBy(load.participant))
        for (const file of load.skippedFiles ?? []) tally.skip(file)
        await judgeStore({ db, participant: load.participant, judging, clock: load.clock })
        const asOf = (load.clock ?? systemClock)()
        const { stage, bytes } = await readAll(db, load, { tally, judging, asOf, source })
        try {
          await writeAll(db, load, { stage, tally, bytes, judging, asOf })
          return tally.report(load.participant.code)
        } finally {
          // A connection that broke has taken its temporary tables with it.
          await stage.drop().catch(() => {})
        }
      },
    )
  })
}

interface Reception {
  readonly tally: LoadTally
  readonly judging: Judging
  /** The key of the server that the load names. */
  readonly source: string | null
  /** The moment of the load. */
  readonly asOf: Date
}

/** Puts all that comes in aside. */
async function readAll(db: LoadDatabase, load: Load, reception: Reception) {
  const { tally, judging, source, asOf } = reception
  const preparing = { source, isExcludedItself: judging.isExcludedItself, now: asOf }
  const reader = new EntryReader()
  const knowByOwnId = await createKnowByOwnId(db)
  const stage = new GrowingStage(db, load.inMemory)
  let bytes = 0
  let entries = 0
  for await (const source of load.sources) {
    const portions = reader.read(source, (count) => {
      bytes += count
    })
    for await (const portion of portions) {
      load.signal?.throwIfAborted()
      const all = await knowByOwnId(
        portion.map((entry) => withoutRecord(load.participant, prepare(entry, preparing))),
      )
      for (const [index, prepared] of all.entries()) {
        tallyEntry(tally, prepared, portion[index] as ReadEntry)
        if (prepared.kind === 'STAGED' && stage.add(prepared.entry)) await stage.flush()
      }
      entries += portion.length
      load.onProgress?.({ phase: 'READING', bytes, entries, totalEntries: null })
    }
  }
  return { stage: await stage.finish(), bytes }
}

interface Reading {
  readonly stage: Stage
  readonly tally: LoadTally
  readonly bytes: number
  readonly judging: Judging
  /** The moment of the load. */
  readonly asOf: Date
}

/** Writes what was put aside, and maps again what depends on it. */
async function writeAll(db: LoadDatabase, load: Load, reading: Reading) {
  const { stage, tally, bytes, judging, asOf } = reading
  const { rows } = await sql<{ was_empty: boolean; loaded_at: string }>`
    select not exists (select from resource) as was_empty,
      clock_timestamp()::text as loaded_at`.execute(db)
  const { was_empty: wasEmpty = false, loaded_at: loadedAt = '' } = rows[0] ?? {}
  let done = 0
  const context: LoadContext = {
    db,
    stage,
    tally,
    changes: new PatientChanges(),
    wasEmpty,
    suspects: new Set(),
    judging,
    loadedAt,
    participant: load.participant,
    resolver: new ReferenceResolver(stage, createStoreLookup(db, wasEmpty)),
    asOf,
    onBatch: (entries) => {
      load.signal?.throwIfAborted()
      done += entries
      load.onProgress?.({ phase: 'WRITING', bytes, entries: done, totalEntries: stage.size })
    },
  }
  await stage.settle()
  await refuseClashes(context)
  const unchanged = await stage.countUnchanged()
  for (const [type, entries] of unchanged.entries) tally.count('unchanged', type, entries)
  for (const [type, entries] of unchanged.contained) {
    tally.countContained('unchanged', type, entries)
  }
  for (const [type, entries] of unchanged.deleted) {
    tally.notices.add(type, [{ kind: 'DELETED_BEFORE', element: null }], entries)
  }
  await findSuspects(context)
  // One transaction: until it is over nobody sees a part of a patient, and after a break nothing of it is there.
  await inTransaction(db, async () => {
    await applyStage(context)
    await mapAgain(context)
    await context.changes.write(db, asOf)
  })
}

/** What evidence of a relationship refers to, to say whose it is. */
const SHOWS_WHO: ReadonlySet<string> = new Set([
  'CareTeam',
  'HealthcareService',
  'Location',
  'Organization',
  'Practitioner',
  'PractitionerRole',
])

/** Of a participant that publishes no record, only what shows relationships is taken in. */
function withoutRecord(participant: Participant, prepared: PreparedEntry): PreparedEntry {
  if (isContributor(participant) || prepared.kind !== 'STAGED') return prepared
  const { type } = prepared.entry
  if (showsRelationship(type) || SHOWS_WHO.has(type)) return prepared
  return { kind: 'UNSUPPORTED', resourceType: type }
}

type ReadEntry = Parameters<typeof prepareEntry>[0]

function prepare(entry: ReadEntry, preparing: Preparing): PreparedEntry {
  try {
    return prepareEntry(entry, preparing)
  } catch {
    // Nested too deep to be written again. The error may quote the resource: it is not passed on.
    return { kind: 'REFUSED', resourceType: null, reason: 'NOT_MAPPABLE' }
  }
}

function tallyEntry(tally: LoadTally, prepared: PreparedEntry, entry: ReadEntry): void {
  const { file, place } = entry
  const contained = typesContained(entry.content.resource)
  if (prepared.kind === 'UNSUPPORTED') {
    tally.count('unsupported', prepared.resourceType)
    for (const type of contained) tally.countContained('unsupported', type)
  } else if (prepared.kind === 'REFUSED') {
    const { resourceType, reason } = prepared
    tally.refuse({ file, place, resourceType, reason }, contained)
  } else if (prepared.entry.refusal !== null) {
    const { type, refusal } = prepared.entry
    tally.refuse({ file, place, resourceType: type, reason: refusal }, contained)
  }
}
