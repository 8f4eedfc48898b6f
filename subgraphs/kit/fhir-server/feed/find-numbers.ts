import { toNhsNumber } from '../../fhir/nhs-number.ts'
import { nhsNumbersIn } from '../../fhir/own-number.ts'
import { patientLookup } from '../../load/resolve/patient-of.ts'
import type { Asking, FhirClient } from '../http/fhir-client.ts'
import type { ServerResource } from '../http/search-page.ts'
import type { ServerBase } from '../http/server-base.ts'
import { localKeys, nhsNumberIn } from '../record/local-keys.ts'
import type { Change } from './read-changes.ts'

/** Who a changed resource is about: a Patient that is at hand, one by id, or a number. */
type Subject =
  | { readonly key: string; readonly patient: ServerResource }
  | { readonly key: string; readonly id: string }
  | { readonly key: string; readonly nhsNumber: string }

/**
 * The NHS numbers of those whom changes are about, each once, in order. Of a Patient also those that
 * are theirs no more, or were never verified: what was told of them before must be taken back.
 *
 * @param options.first so many different patients at most
 * @returns how many of the changes were looked at, too
 */
export async function findNumbers(
  changes: readonly Change[],
  options: {
    readonly client: FhirClient
    readonly base: ServerBase
    readonly asking: Asking
    readonly first: number
    readonly now: Date
  },
): Promise<{ readonly numbers: string[]; readonly taken: number }> {
  const { client, base, asking, first, now } = options
  const subjects = new Map<string, Subject>()
  let taken = 0
  for (const { resource } of changes) {
    const subject = subjectOf(resource, base, now)
    if (subject !== null && !subjects.has(subject.key) && subjects.size >= first) break
    if (subject !== null && !('patient' in (subjects.get(subject.key) ?? {}))) {
      subjects.set(subject.key, subject)
    }
    taken += 1
  }
  const ids = [...subjects.values()].flatMap((one) => ('id' in one ? [one.id] : []))
  const found =
    ids.length === 0 ? [] : await client.search('Patient', { _id: ids.join(',') }, asking)
  const byId = new Map(found.map((patient) => [patient.id, patient]))
  const numbers = [...subjects.values()].flatMap((one) => {
    if ('nhsNumber' in one) return [one.nhsNumber]
    return nhsNumbersIn('patient' in one ? one.patient : byId.get(one.id))
  })
  return { numbers: [...new Set(numbers)], taken }
}

function subjectOf(resource: ServerResource, base: ServerBase, now: Date): Subject | null {
  if (resource.resourceType === 'Patient') {
    return { key: `Patient/${resource.id}`, patient: resource }
  }
  const reference = patientLookup(resource, now)
  if (reference === null) return null
  const keys = localKeys(reference, base.href)
  const [type, id] = keys.identity?.split('/') ?? []
  if (type === 'Patient' && id !== undefined) return { key: `Patient/${id}`, id }
  const nhsNumber = toNhsNumber(nhsNumberIn(keys) ?? '')
  return nhsNumber === null ? null : { key: nhsNumber, nhsNumber }
}
