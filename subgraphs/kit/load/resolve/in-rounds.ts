import type { FhirReference } from '../../fhir/resource.ts'
import type { References, Target } from './resolver.ts'

/** What is looked up once and asked for again is at most so many references away. */
const maxRounds = 6

/** Looks a reference up: null when nothing is known under it. */
export type Find = (reference: FhirReference) => Target | null

/**
 * Does the work on each of a batch, looking up in bulk whatever it refers to, at any distance: what it
 * asked for in vain is looked up, and the work done again.
 *
 * @param wanted what is sure to be asked for
 */
export async function inRounds<One, Result>(
  batch: readonly One[],
  { resolver, wanted }: { readonly resolver: References; readonly wanted: FhirReference[] },
  work: (one: One, find: Find) => Result,
): Promise<Result[]> {
  const results: Result[] = []
  let open = wanted
  let pending = batch.map((_, index) => index)
  for (let round = 0; pending.length > 0 && round < maxRounds; round++) {
    await resolver.prepare(open)
    const next: FhirReference[] = []
    pending = pending.filter((index) => {
      const before = next.length
      results[index] = work(batch[index] as One, (reference) => {
        const found = resolver.find(reference)
        if (found === undefined) next.push(reference)
        return found ?? null
      })
      return next.length > before
    })
    open = next
  }
  return results
}
