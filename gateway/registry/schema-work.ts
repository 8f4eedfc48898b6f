import { parse } from 'graphql'
import type { SchemaChange } from './changelog/compare-schemas.ts'
import { compareSupergraphs, type SupergraphPair } from './changelog/compare-supergraphs.ts'
import { checkSchema, type SchemaInput, type SchemaVerdict } from './checks/check-schema.ts'
import { loadSupergraph } from './checks/schema/load-supergraph.ts'
import { composeMembers } from './compose-members.ts'
import type { Member } from './member.ts'
import { type CheckedManifest, checkManifest } from './operations/check-manifest.ts'
import { findUses } from './operations/find-uses.ts'
import type { ManifestEntry } from './operations/read-manifest.ts'

/** Work on schemas, as data. */
export type SchemaWork =
  | { readonly kind: 'check'; readonly input: SchemaInput }
  | {
      readonly kind: 'compose'
      readonly members: readonly Member[]
      readonly contractSdl: string
    }
  | { readonly kind: 'compare'; readonly pairs: readonly SupergraphPair[] }
  | {
      readonly kind: 'manifest'
      readonly supergraphSdl: string
      readonly entries: readonly ManifestEntry[]
    }
  | {
      readonly kind: 'usage'
      readonly supergraphSdl: string
      readonly coordinate: string
      readonly texts: readonly string[]
    }

/** What comes of each kind. */
interface Results {
  readonly check: SchemaVerdict
  readonly compose: string
  readonly compare: readonly (readonly SchemaChange[])[]
  readonly manifest: CheckedManifest
  readonly usage: readonly boolean[] | null
}

/** What came of it. */
export type SchemaResult<Work extends SchemaWork> = Results[Work['kind']]

/** Does a piece of work; from data to data. */
export function doSchemaWork<Work extends SchemaWork>(work: Work): SchemaResult<Work> {
  return does(work) as SchemaResult<Work>
}

function does(work: SchemaWork): Results[SchemaWork['kind']] {
  switch (work.kind) {
    case 'check':
      return checkSchema(work.input)
    case 'compose':
      return composeMembers(work.members, parse(work.contractSdl, { noLocation: true }))
    case 'compare':
      return compareSupergraphs(work.pairs)
    case 'manifest':
      return checkManifest(loadSupergraph(work.supergraphSdl).publicSchema, work.entries)
    case 'usage':
      return findUses(loadSupergraph(work.supergraphSdl).publicSchema, work.coordinate, work.texts)
  }
}
