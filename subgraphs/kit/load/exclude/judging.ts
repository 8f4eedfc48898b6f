import type { ExclusionLists } from '../../exclusions/exclusion-lists.ts'
import { isExcludedItself } from '../../exclusions/find-codings.ts'
import type { FhirResource } from '../../fhir/resource.ts'

/** What a load judges resources with. */
export interface Judging {
  readonly lists: ExclusionLists
  /** What a resource says of itself; looked for once, however often it is referred to. */
  isExcludedItself(resource: FhirResource): boolean
  /** Keeps what was found before of the same resource. */
  remember(resource: FhirResource, isExcluded: boolean): void
}

/** Judges by these lists. */
export function createJudging(lists: ExclusionLists): Judging {
  const known = new WeakMap<FhirResource, boolean>()
  return {
    lists,
    isExcludedItself(resource) {
      let verdict = known.get(resource)
      if (verdict === undefined) {
        verdict = isExcludedItself(resource, lists)
        known.set(resource, verdict)
      }
      return verdict
    },
    remember: (resource, isExcluded) => void known.set(resource, isExcluded),
  }
}
