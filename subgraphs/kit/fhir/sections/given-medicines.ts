import type { MedicationStatus, Period } from '../../generated/contract.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import { dosages, dosageText } from '../dosage.ts'
import { type Element, element, isElement, present } from '../elements.ts'
import type { MappedItem, MappingContext } from '../mapping.ts'
import { medicineOf } from '../medicine.ts'
import { narrativeConcept } from '../narrative.ts'
import { quantity } from '../quantity.ts'
import { reasonsOf, subjectOf } from '../reasons.ts'
import { reference, referencesIn } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { firstTime, momentAsPeriod, period } from '../time.ts'

/** What tells a dose that was given from a supply that was handed over. */
interface Sort {
  readonly kind: 'ADMINISTRATION' | 'DISPENSE'
  readonly status: ReturnType<typeof statusWords<MedicationStatus>>
  dosagesOf(resource: Element): unknown
  periodOf(resource: Element): Period | null
}

const SORTS: Readonly<Record<string, Sort>> = {
  MedicationAdministration: {
    kind: 'ADMINISTRATION',
    status: statusWords({
      'in-progress': 'ACTIVE',
      'on-hold': 'ON_HOLD',
      completed: 'COMPLETED',
      stopped: 'STOPPED',
      'not-done': 'NOT_TAKEN',
      'entered-in-error': 'ENTERED_IN_ERROR',
      unknown: 'UNKNOWN',
    }),
    dosagesOf: ({ dosage }) => (isElement(dosage) ? [asDosage(dosage)] : []),
    periodOf: (resource) =>
      period(resource['effectivePeriod']) ?? momentAsPeriod(resource['effectiveDateTime']),
  },
  MedicationDispense: {
    kind: 'DISPENSE',
    status: statusWords({
      preparation: 'INTENDED',
      'in-progress': 'INTENDED',
      'on-hold': 'ON_HOLD',
      completed: 'COMPLETED',
      stopped: 'STOPPED',
      cancelled: 'CANCELLED',
      declined: 'CANCELLED',
      'entered-in-error': 'ENTERED_IN_ERROR',
      unknown: 'UNKNOWN',
    }),
    dosagesOf: ({ dosageInstruction }) => dosageInstruction,
    periodOf: () => null,
  },
}

/** The FHIR types of what was given or supplied. */
export const givenTypes: readonly string[] = Object.keys(SORTS)

/** A dose that was given, or a supply that was handed over; null for any other resource. */
export function toGivenMedicine(
  resource: FhirResource,
  context: MappingContext,
): MappedItem | null {
  const sort = SORTS[resource.resourceType]
  if (sort === undefined) return null
  const medicine = medicineOf(resource, context) ?? narrativeConcept(resource, context)
  const during = sort.periodOf(resource)
  const time = firstTime(
    during?.start,
    during?.end,
    resource['whenHandedOver'],
    resource['whenPrepared'],
  )
  const ways = dosages(sort.dosagesOf(resource))
  return careItem(resource, context, {
    section: 'medications',
    status: statusOf(sort.status, resource['status']),
    code: medicine,
    time,
    // Several doses of a day are no copies of each other.
    likeness: [conceptKey(medicine), time, sort.kind],
    recording: { recordedAt: null, authors: referencesIn(resource['performer'], 'actor') },
    notes: [...annotations(resource['note']), ...substitutionOf(resource)],
    fields: {
      medication: medicine,
      kind: sort.kind,
      isProhibited: false,
      intent: null,
      prescriptionType: concept(resource['type']),
      dosageText: dosageText(ways),
      dosages: ways,
      period: during,
      prescribedAt: null,
      quantity: quantity(resource['quantity']),
      supplyDuration: quantity(resource['daysSupply']),
      repeats: null,
      reasons: reasonsOf(resource, context),
      statusReason:
        concept(resource['statusReasonCodeableConcept']) ??
        concepts(resource['statusReason'])[0] ??
        subjectOf(reference(resource['statusReasonReference']), context),
    },
  })
}

/** That something else was handed over than was prescribed, and why. */
function substitutionOf({ substitution }: Element): string[] {
  const { wasSubstituted, type, reason } = element(substitution)
  if (wasSubstituted !== true) return []
  const why = present([concept(type), ...concepts(reason)].map((one) => one?.display))
  return [`Substituted for what was prescribed${why.length > 0 ? `: ${why.join(', ')}` : ''}`]
}

/** An administration tells of one dose, with the amounts beside its other parts. */
function asDosage(source: Element): Element {
  const { dose, rateRatio, rateQuantity, ...parts } = source
  const amount = { doseQuantity: dose, rateRatio, rateQuantity }
  const said = Object.entries(amount).filter(([, value]) => value !== undefined)
  return { ...parts, ...(said.length > 0 && { doseAndRate: [Object.fromEntries(said)] }) }
}
