import type { Concept, MedicationStatus, Period } from '../../generated/contract.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey } from '../concept.ts'
import { dosages, dosageText } from '../dosage.ts'
import { type Element, element, elements, integer, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { medicineOf } from '../medicine.ts'
import { isProhibited, prohibitionStatus } from '../modifiers/prohibited.ts'
import { narrativeConcept } from '../narrative.ts'
import { isNoneKnownList, type NoneKnown, noneKnownItem, saysNoneKnown } from '../none-known.ts'
import { quantity } from '../quantity.ts'
import { reasonsOf } from '../reasons.ts'
import { references } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import type { SectionFields } from '../section-item.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { dateTime, dayOf, firstTime, period } from '../time.ts'
import { givenTypes, toGivenMedicine } from './given-medicines.ts'

const SECTION = 'medications'

/** MedicationStatement's words and MedicationRequest's, which agree where they overlap. */
const STATUS = statusWords<MedicationStatus>({
  active: 'ACTIVE',
  'on-hold': 'ON_HOLD',
  completed: 'COMPLETED',
  stopped: 'STOPPED',
  cancelled: 'CANCELLED',
  intended: 'INTENDED',
  'not-taken': 'NOT_TAKEN',
  draft: 'DRAFT',
  'entered-in-error': 'ENTERED_IN_ERROR',
  unknown: 'UNKNOWN',
})

const PAST = new Set<MedicationStatus>([
  'COMPLETED',
  'STOPPED',
  'CANCELLED',
  'NOT_TAKEN',
  'PROHIBITION_ENDED',
])

const NONE_KNOWN: NoneKnown = {
  snomed: new Set(['787481004']),
  ips: new Set(['no-known-medications']),
  lists: new Set(['933361000000108', '10160-0']),
  words: new Set(['medication', 'medications', 'medicine', 'medicines', 'drug', 'drugs']),
}

/**
 * MedicationStatement and MedicationRequest, what was given and supplied, and Lists that say there are none. Ordered by
 * when it is or was taken from, a prescription by when it was written.
 */
export const medications: SectionMapping = {
  section: SECTION,
  resourceTypes: ['MedicationStatement', 'MedicationRequest', ...givenTypes, 'List'],
  accepts: (resource) => resource.resourceType !== 'List' || isNoneKnownList(resource, NONE_KNOWN),
  toItems: (resource, context) => [
    resource.resourceType === 'List'
      ? noneKnownItem(resource, context, {
          section: SECTION,
          status: 'ACTIVE',
          fields: fieldsOf({ resourceType: 'MedicationStatement' }, context, null),
        })
      : (toGivenMedicine(resource, context) ?? toMedication(resource, context)),
  ],
}

function toMedication(resource: FhirResource, context: MappingContext): MappedItem {
  const medicine = medicineOf(resource, context) ?? narrativeConcept(resource, context)
  const isForbidden = isProhibited(resource)
  const stated = statusOf(STATUS, resource['status'])
  const status = isForbidden ? prohibitionStatus(stated) : stated
  const time = firstTime(
    resource['authoredOn'],
    resource['effectiveDateTime'],
    periodOf(resource)?.start,
    resource['dateAsserted'],
    periodOf(resource)?.end,
  )
  return careItem(resource, context, {
    section: SECTION,
    status,
    code: medicine,
    time,
    // Two current entries of one medicine are what could be taken twice; past courses are told
    // apart by their day.
    likeness: [
      conceptKey(medicine),
      PAST.has(status) ? dayOf(time) : 'current',
      ...(isForbidden ? ['prohibited'] : []),
    ],
    recording: {
      recordedAt: firstTime(resource['dateAsserted'], resource['authoredOn']),
      authors: references(
        resource['requester'],
        resource['recorder'],
        resource['informationSource'],
      ),
    },
    isNoneKnown:
      saysNoneKnown(medicine, NONE_KNOWN) &&
      !isForbidden &&
      !PAST.has(status) &&
      status !== 'ENTERED_IN_ERROR',
    fields: fieldsOf(resource, context, medicine),
  })
}

function fieldsOf(
  resource: FhirResource,
  context: MappingContext,
  medicine: Concept | null,
): SectionFields<'medications'> {
  const isPrescription = resource.resourceType === 'MedicationRequest'
  const ways = dosages(resource[isPrescription ? 'dosageInstruction' : 'dosage'])
  const supply = element(resource['dispenseRequest'])
  return {
    medication: medicine,
    kind: isPrescription ? 'PRESCRIPTION' : 'STATEMENT',
    isProhibited: isProhibited(resource),
    intent: text(resource['intent']),
    prescriptionType: prescriptionTypeOf(resource),
    dosageText: dosageText(ways),
    dosages: ways,
    period: periodOf(resource),
    prescribedAt: dateTime(resource['authoredOn']),
    quantity: quantity(supply['quantity']),
    supplyDuration: quantity(supply['expectedSupplyDuration']),
    repeats: integer(supply['numberOfRepeatsAllowed']),
    reasons: reasonsOf(resource, context),
    statusReason: statusReasonOf(resource['statusReason']),
  }
}

function periodOf(resource: Element): Period | null {
  const from = dateTime(resource['effectiveDateTime'])
  return (
    period(resource['effectivePeriod']) ??
    (from === null ? null : { start: from, end: null }) ??
    period(element(resource['dispenseRequest'])['validityPeriod'])
  )
}

// R4's own element; before it, UK profiles had an extension of this name in several versions.
function prescriptionTypeOf(resource: Element): Concept | null {
  const extended = elements(resource['extension']).find((one) =>
    /PrescriptionType(-\d+)?$/.test(text(one['url']) ?? ''),
  )
  return (
    concept(resource['courseOfTherapyType']) ?? concept(extended?.['valueCodeableConcept']) ?? null
  )
}

// One concept in a request, a list of them in a statement.
function statusReasonOf(source: unknown): Concept | null {
  return concept(Array.isArray(source) ? source[0] : source)
}
