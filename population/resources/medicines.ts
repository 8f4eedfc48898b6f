import type { Chart, Recording } from '../chart.ts'
import type { Medicine } from '../codes/medicines.ts'
import { concept, dateOf, instantOf, type Resource } from '../fhir.ts'
import { uuidOf } from '../random.ts'

const DAY_MS = 86_400_000

/** What the person takes, as far as the recording organisation knows. */
export function addMedicationStatement(
  chart: Chart,
  recording: Recording,
  medicine: Medicine,
  given: { since: Date; until?: Date; extra?: Record<string, unknown> },
): Resource {
  return chart.add('MedicationStatement', recording, {
    identifier: [chart.identifier('medication-statement')],
    status: given.until === undefined ? 'active' : 'completed',
    medicationCodeableConcept: concept(medicine.coding, medicine.text),
    subject: chart.subject,
    effectivePeriod: {
      start: dateOf(given.since),
      ...(given.until === undefined ? {} : { end: dateOf(given.until) }),
    },
    dateAsserted: instantOf(recording.at),
    informationSource: chart.staff(recording.by, 1),
    dosage: [dosageOf(medicine)],
    ...given.extra,
  })
}

/** A prescription. Some participants hold the medicine as a contained resource. */
export function addMedicationRequest(
  chart: Chart,
  recording: Recording,
  medicine: Medicine,
  given: { status?: string; contained?: boolean; extra?: Record<string, unknown> } = {},
): Resource {
  const courseDays = medicine.courseDays
  const isOver =
    courseDays !== undefined && recording.at.getTime() + courseDays * DAY_MS < chart.until.getTime()
  return chart.add('MedicationRequest', recording, {
    ...(given.contained ? { contained: [containedMedication(medicine)] } : {}),
    identifier: [prescriptionItem(chart)],
    status: given.status ?? (isOver ? 'completed' : 'active'),
    intent: 'order',
    ...(given.contained
      ? { medicationReference: { reference: '#medication', display: medicine.coding.display } }
      : { medicationCodeableConcept: concept(medicine.coding, medicine.text) }),
    subject: chart.subject,
    authoredOn: instantOf(recording.at),
    requester: chart.staff(recording.by, 1),
    dosageInstruction: [dosageOf(medicine)],
    ...given.extra,
  })
}

function containedMedication(medicine: Medicine) {
  return {
    resourceType: 'Medication',
    id: 'medication',
    code: concept(medicine.coding, medicine.text),
  }
}

function prescriptionItem(chart: Chart) {
  const { value } = chart.identifier('prescription-item')
  return {
    system: 'https://fhir.nhs.uk/Id/prescription-order-item-number',
    value: uuidOf(`prescription ${value}`),
  }
}

function dosageOf(medicine: Medicine) {
  const weekly = medicine.instruction.includes('each week')
  return {
    text: medicine.instruction,
    timing: {
      repeat: { frequency: medicine.timesADay, period: 1, periodUnit: weekly ? 'wk' : 'd' },
    },
    ...(medicine.asNeeded ? { asNeededBoolean: true } : {}),
    route: concept(medicine.route),
    doseAndRate: [{ doseQuantity: { value: medicine.dose, unit: medicine.unit } }],
  }
}
