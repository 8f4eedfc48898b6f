import { element, elements, text } from '../../kit/fhir/elements.ts'
import { mapPatient } from '../../kit/fhir/map-patient.ts'
import { isNhsNumber, NHS_NUMBER } from '../../kit/fhir/nhs-number.ts'
import type { FhirResource } from '../../kit/fhir/resource.ts'
import type { Demographics } from '../../kit/generated/contract.ts'
import type { Organisation, Participant } from '../../kit/participant.ts'
import { withoutLocation } from '../../kit/reading/without-location.ts'
import type { NationallyKnown, NationallyUnknown } from './national-answer.ts'
import { type CurrentPractice, currentPractice } from './registration.ts'

/** What is known beside the resource itself. */
export interface PatientReading {
  readonly asked: string
  /** Whether the answer says that it is one to this very request. */
  readonly isSurelyOurs: boolean
  readonly now: Date
  /** For the name of a practice, which the service does not give. */
  readonly organisations: readonly Organisation[]
}

/**
 * What a Patient of the service means; null for anything else, and for somebody else: another id than
 * the one asked about is how a superseded number is told, and nothing but the request's id, which the
 * service repeats, tells it from an answer to somebody else's question.
 */
export function readPatient(
  source: unknown,
  reading: PatientReading,
): NationallyKnown | NationallyUnknown | null {
  const patient = element(source)
  const nhsNumber = text(patient['id'])
  if (patient['resourceType'] !== 'Patient' || nhsNumber === null) return null
  if (!isNhsNumber(nhsNumber) || !bears(patient, nhsNumber)) return null
  if (nhsNumber !== reading.asked && !reading.isSurelyOurs) return null
  const label = labelOf(patient)
  if (label === 'REDACTED') return { outcome: 'UNKNOWN' }
  const isSensitive = label !== 'U'
  const current = currentPractice(patient as FhirResource, reading.now)
  const demographics = toDemographics(patient as FhirResource, current, reading)
  const odsCode = demographics.generalPractice?.odsCode ?? null
  return {
    outcome: 'KNOWN',
    nhsNumber,
    isSensitive,
    demographics: isSensitive ? withoutLocation(demographics) : demographics,
    practice:
      isSensitive || current === null || odsCode === null
        ? null
        : { odsCode, startsAt: current.startsAt },
  }
}

/** A resource that contradicts itself about whose it is, is nobody's. */
function bears(patient: Readonly<Record<string, unknown>>, nhsNumber: string): boolean {
  return elements(patient['identifier'])
    .filter((one) => one['system'] === NHS_NUMBER)
    .every((one) => one['value'] === nhsNumber)
}

/** U, R, V or REDACTED. One that is absent or unknown hides: that is the safe error. */
function labelOf(patient: Readonly<Record<string, unknown>>): string | null {
  const labels = elements(element(patient['meta'])['security']).map((one) => text(one['code']))
  return labels.find((code) => code !== 'U') ?? labels[0] ?? null
}

/** The one place where a resource of the service is mapped. */
function toDemographics(
  patient: FhirResource,
  current: CurrentPractice | null,
  { now, organisations }: PatientReading,
): Demographics {
  const context = {
    participant: { ...SERVICE, organisations },
    now,
    // Its answers stand alone: nothing that they refer to comes with them.
    resolve: () => null,
    itemId: () => '',
    provenancesOf: () => [],
    isExcluded: () => false,
  }
  const generalPractitioner = current === null ? [] : [current.practice]
  return mapPatient({ ...patient, generalPractitioner }, context).demographics
}

/** The mapping asks whose resource it maps; nobody ever sees this. */
const SERVICE: Participant = {
  code: 'pds',
  name: 'Personal Demographics Service',
  kind: 'REGIONAL_HIE',
  participation: 'CONTRIBUTE_ONLY',
  complaints: { name: 'NHS England' },
  subjectAccess: { name: 'NHS England' },
  organisations: [],
}
