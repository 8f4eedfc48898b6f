import type { Kysely } from 'kysely'
import type { BuiltIn } from '../built-in-version.ts'
import { inThread } from '../in-thread.ts'
import { findChanges, keepChanges } from '../store/changes.ts'
import type { RegistryDatabase } from '../store/tables.ts'
import { findSupergraphs, findVersions, type VersionNote } from '../store/versions.ts'
import type { SchemaChange } from './compare-schemas.ts'

/** What changed for clients with each supergraph, the last one first. */
export interface Changelog {
  readonly versions: readonly {
    readonly number: number
    /** ISO 8601. */
    readonly at: string
    /** Why there was a new one, such as `nel published 12`. */
    readonly cause: string
    readonly hasBreaking: boolean
    /** Null for the first one, when what stood before it is not known. */
    readonly changes: readonly SchemaChange[] | null
  }[]
}

/** What a changelog is made from. */
export interface ChangelogParts {
  readonly db: Kysely<RegistryDatabase>
  readonly builtIn: BuiltIn
}

const MOST_VERSIONS = 100

/** So many are compared in one thread: each takes a second, and the thread has an end. */
const AT_ONCE = 20

/** Makes changelogs; what two versions differ in is found out once and kept. */
export function createChangelog(parts: ChangelogParts): () => Promise<Changelog> {
  let underWay: Promise<Changelog> | undefined
  return () => {
    underWay ??= makeChangelog(parts).finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

async function makeChangelog({ db, builtIn }: ChangelogParts): Promise<Changelog> {
  // One more than is told: the oldest one told is compared with it.
  const versions = await findVersions(db, MOST_VERSIONS + 1)
  const told = versions.slice(0, MOST_VERSIONS)
  const numbers = told.map(({ number }) => number)
  const known = new Map(await findChanges(db, numbers))
  const steps = told.toReversed().flatMap((version): Step[] => {
    const before = versionBefore(version, { versions, builtIn })
    return before === null || known.has(version.number) ? [] : [[before, version.number]]
  })
  for (let place = 0; place < steps.length; place += AT_ONCE) {
    for (const [number, changes] of await compare({ db, builtIn }, steps, place)) {
      known.set(number, changes)
      await keepChanges(db, number, changes)
    }
  }
  return {
    versions: told.map(({ number, cause, madeAt }) => {
      const changes = known.get(number) ?? null
      const hasBreaking = changes?.some(({ isBreaking }) => isBreaking) === true
      return { number, at: madeAt.toISOString(), cause, hasBreaking, changes }
    }),
  }
}

/** Two versions by their numbers; 0 is the gateway's own file. */
type Step = readonly [before: number, number: number]

/**
 * What clients of the same software were answered from before; for the first of a new software, what those
 * of the last one were.
 */
function versionBefore(
  { number, base }: VersionNote,
  among: { readonly versions: readonly VersionNote[]; readonly builtIn: BuiltIn },
): number | null {
  const earlier = among.versions.filter((version) => version.number < number)
  const before = earlier.find((version) => version.base === base) ?? earlier[0]
  if (before) return before.number
  return base === among.builtIn.base ? among.builtIn.number : null
}

async function compare(
  { db, builtIn }: ChangelogParts,
  steps: readonly Step[],
  from: number,
): Promise<(readonly [number: number, changes: readonly SchemaChange[]])[]> {
  const some = steps.slice(from, from + AT_ONCE)
  const sdls = await findSupergraphs(db, some.flat())
  const sdlOf = (number: number) =>
    (number === builtIn.number ? builtIn.supergraphSdl : sdls.get(number)) ?? ''
  const pairs = some.map(([before, after]) => ({ before: sdlOf(before), after: sdlOf(after) }))
  const changes = await inThread({ kind: 'compare', pairs })
  return some.map(([, number], place) => [number, changes[place] ?? []])
}
