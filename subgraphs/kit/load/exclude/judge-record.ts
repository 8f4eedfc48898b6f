import { sql } from 'kysely'
import { judge } from '../../exclusions/judge.ts'
import { linksOf } from '../../exclusions/links.ts'
import { type Linked, spread } from '../../exclusions/spread.ts'
import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import { type Find, inRounds } from '../resolve/in-rounds.ts'
import { referencesIn } from '../resolve/references.ts'
import type { References } from '../resolve/resolver.ts'
import type { PatientWriting } from '../write/write-patients.ts'

/** So many resources are looked at at a time: of each only its links are kept. */
const portion = 500

/**
 * Judges all that is stored of one patient together.
 *
 * @returns `Type/id` of everything that is never shared
 */
export async function judgeRecord(
  writing: PatientWriting,
  nhsNumber: string,
): Promise<ReadonlySet<string>> {
  const record: Linked[] = []
  let after = { type: '', id: '' }
  for (;;) {
    const { rows } = await sql<{ type: string; id: string; json: string }>`
      select type, id, content::text as json from resource
      where nhs_number = ${nhsNumber} and type <> 'Patient'
        and (type, id) > (${after.type}, ${after.id})
      order by type, id limit ${portion}`.execute(writing.db)
    const last = rows.at(-1)
    if (last === undefined) return spread(record)
    after = last
    const resources = rows.map(({ id, json }) => ({ ...(JSON.parse(json) as FhirResource), id }))
    record.push(...(await linkAll(resources, writing)))
    writing.resolver.trim()
  }
}

/** What judging takes. */
export interface Linking extends Pick<PatientWriting, 'judging'> {
  readonly resolver: References
  /** Told of a resource whose judgement depends on something that is not known. */
  onUnknown?(resource: FhirResource, reference: FhirReference): void
}

/** Judges each resource by itself, and says where exclusion passes from and to. */
export function linkAll(
  resources: readonly (FhirResource & { readonly id: string })[],
  { resolver, judging, onUnknown = () => {} }: Linking,
): Promise<Linked[]> {
  const mentioned = new Map(resources.map((one) => [one, referencesIn(one)]))
  return inRounds(
    resources,
    { resolver, wanted: [...mentioned.values()].flat() },
    (resource, look) => {
      const find: Find = (reference) => {
        const found = look(reference)
        if (found === null) onUnknown(resource, reference)
        return found
      }
      const around = {
        isExcludedItself: judging.isExcludedItself,
        find: (reference: FhirReference) => find(reference)?.resource ?? null,
      }
      const { hangsOn, holds } = linksOf(resource)
      return {
        key: `${resource.resourceType}/${resource.id}`,
        isExcluded: judge(resource, mentioned.get(resource) ?? [], around) !== null,
        hangsOn: keysOf(hangsOn, find),
        holds: keysOf(holds, look),
      }
    },
  )
}

function keysOf(references: readonly FhirReference[], find: Find): string[] {
  return references.flatMap((reference) => {
    const found = reference.reference?.startsWith('#') ? null : find(reference)
    return found === null ? [] : [`${found.type}/${found.id}`]
  })
}
