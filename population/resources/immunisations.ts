import type { Chart, Recording } from '../chart.ts'
import type { Vaccine } from '../codes/vaccines.ts'
import { concept, hl7, instantOf, quantity, type Resource, snomed } from '../fhir.ts'
import { hashOf } from '../random.ts'

const PROCEDURE =
  'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure'

/** A vaccine that was given at the time of recording. */
export function addImmunization(
  chart: Chart,
  recording: Recording,
  vaccine: Vaccine,
  extra: Record<string, unknown> = {},
): Resource {
  const identifier = chart.identifier('immunization')
  return chart.add('Immunization', recording, {
    extension: [{ url: PROCEDURE, valueCodeableConcept: concept(vaccine.procedure) }],
    identifier: [identifier],
    status: 'completed',
    vaccineCode: concept(vaccine.product),
    patient: chart.subject,
    occurrenceDateTime: instantOf(recording.at),
    recorded: instantOf(recording.at),
    primarySource: true,
    lotNumber: `LOT${hashOf(identifier.value) % 100_000}`,
    site: concept(snomed('368208006', 'Left upper arm structure')),
    route: concept(snomed('78421000', 'Intramuscular route')),
    doseQuantity: quantity(0.5, 'ml', 'mL'),
    performer: [
      {
        function: concept(hl7('v2-0443', 'AP', 'Administering Provider')),
        actor: chart.staff(recording.by, 3),
      },
    ],
    protocolApplied: [{ targetDisease: [concept(vaccine.target)], doseNumberPositiveInt: 1 }],
    ...extra,
  })
}
