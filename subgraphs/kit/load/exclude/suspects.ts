import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import type { LoadContext } from '../load-context.ts'
import { bindReferences } from '../resolve/bind-references.ts'
import { patientLookup } from '../resolve/patient-of.ts'

/**
 * Adds to the suspects whoever gets something that is never shared for what it says. Done before
 * anything is written, so that nothing that goes with it is shown first.
 */
export async function findSuspects(context: LoadContext): Promise<void> {
  const { stage, resolver, suspects, asOf } = context
  let last = -1
  for (;;) {
    const rows = await stage.nextExcluded(last)
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.seq
    const texts = await bindReferences(stage, rows)
    const patients = texts.flatMap((text): FhirReference[] => {
      if (text === '') return []
      const patient = patientLookup(JSON.parse(text) as FhirResource, asOf)
      return patient === null ? [] : [patient]
    })
    await resolver.prepare(patients)
    for (const patient of patients) {
      const nhsNumber = resolver.find(patient)?.nhsNumber
      if (nhsNumber) suspects.add(nhsNumber)
    }
    resolver.trim()
  }
}
