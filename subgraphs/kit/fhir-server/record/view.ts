import { hasMember } from '../../exclusions/find-codings.ts'
import { spread } from '../../exclusions/spread.ts'
import type { MappedItem, MappedRelationship } from '../../fhir/mapping.ts'
import type { FhirReference } from '../../fhir/resource.ts'
import { linkAll } from '../../load/exclude/judge-record.ts'
import type { Judging } from '../../load/exclude/judging.ts'
import { type MappingParts, type MappingResult, mapBatch } from '../../load/write/map-batch.ts'
import type { Participant } from '../../participant.ts'
import type { Gathered, Gathering } from './gathering.ts'
import type { ServerReferences } from './server-references.ts'

/** A resource of a record, judged and mapped. */
export interface ViewedResource extends Gathered {
  readonly items: readonly MappedItem[]
  readonly relationships: readonly MappedRelationship[]
  /** For what it says itself, or for what it belongs to. */
  readonly isExcluded: boolean
  /**
   * True where it cannot be told whether it may be shared, because it hangs on something that the
   * server does not give, or what it says, because it contradicts FHIR.
   */
  readonly isUnclear: boolean
}

/** What a view is made with. */
export interface ViewParts {
  readonly participant: Participant
  readonly judging: Judging
  readonly gathering: Gathering
  readonly references: ServerReferences
  /** The moment of the request. */
  readonly now: Date
  /** Keeps ids of this server apart from another's; null on the first or only one. */
  readonly serverKey: string | null
  /** Told of the section of an entry that no judgement had excluded. */
  onExcluded(section: string, entries: number): void
}

/**
 * Reads resource types of some patients' records and judges them as loading does: each by itself, then
 * together, by their links. Types that were only needed to judge are there too.
 */
export async function viewRecords(
  types: readonly string[],
  parts: ViewParts,
): Promise<ViewedResource[]> {
  const record = await parts.gathering.gather(types)
  const { excluded, unclear } = await judgeAll(record, parts)
  const results = await mapBatch(
    record.map(({ nhsNumber, resource }) => ({
      type: resource.resourceType,
      id: resource.id,
      resource,
      nhsNumber,
      isRefusedPatient: () => false,
      excluded,
    })),
    mappingPartsOf(parts),
  )
  return record.map((gathered, index) => {
    const key = keyOf(gathered)
    const mapping = mappingOf(results[index], gathered)
    return {
      ...gathered,
      items: mapping?.items.map((item) => screened(item, parts)) ?? [],
      relationships: mapping?.relationships ?? [],
      isExcluded: excluded.has(key),
      isUnclear: mapping === null || unclear.has(key),
    }
  })
}

/** What resources of this server are mapped with. */
export function mappingPartsOf(parts: ViewParts): MappingParts {
  const { participant, references, judging, serverKey, now } = parts
  return { participant, resolver: references, judging, serverKey, asOf: now }
}

async function judgeAll(record: readonly Gathered[], parts: ViewParts) {
  const { references, judging } = parts
  const dangling = new Set<string>()
  const linked = await linkAll(
    record.map(({ resource }) => resource),
    {
      resolver: references,
      judging,
      onUnknown(resource, reference: FhirReference) {
        if (references.isDangling(reference))
          dangling.add(`${resource.resourceType}/${resource.id}`)
      },
    },
  )
  const excluded = spread(linked)
  const unclear = spread(
    linked.map((one) => ({ ...one, isExcluded: one.isExcluded || dangling.has(one.key) })),
  )
  for (const key of excluded) unclear.delete(key)
  return { excluded, unclear }
}

/** Null for a resource that cannot be understood. */
function mappingOf(result: MappingResult | undefined, { nhsNumber }: Gathered) {
  if (result === undefined || 'refusal' in result) return null
  return result.nhsNumber === nhsNumber ? result : null
}

/** Looked through once more as it is about to be sent, as `read-screened.ts` does. */
function screened(item: MappedItem, { judging, onExcluded }: ViewParts): MappedItem {
  if (item.isRestricted || !hasMember(item.item, judging.lists)) return item
  onExcluded(item.section, 1)
  return { ...item, isRestricted: true }
}

function keyOf({ resource }: Gathered): string {
  return `${resource.resourceType}/${resource.id}`
}
