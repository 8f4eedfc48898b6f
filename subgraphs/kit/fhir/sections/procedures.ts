import type { Concept, Period, ProcedureDevice, ProcedureStatus } from '../../generated/contract.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey, concepts, wordsConcept } from '../concept.ts'
import { type Element, element, elements, present, saysSomething, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { type NoneKnown, saysNoneKnown } from '../none-known.ts'
import { partyName, partyNames } from '../people.ts'
import { quantity, quantityRange, quantityText, rangeText } from '../quantity.ts'
import { reasonsOf, subjectOf, subjectsOf } from '../reasons.ts'
import { pointsToHidden, reference, references, referencesIn, resolve } from '../reference.ts'
import type { FhirReference, FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { dateTime, dayOf, firstTime, momentAsPeriod, period } from '../time.ts'

const STATUS = statusWords<ProcedureStatus>({
  preparation: 'PREPARATION',
  'in-progress': 'IN_PROGRESS',
  'not-done': 'NOT_DONE',
  'on-hold': 'ON_HOLD',
  stopped: 'STOPPED',
  completed: 'COMPLETED',
  'entered-in-error': 'ENTERED_IN_ERROR',
  unknown: 'UNKNOWN',
})

const NONE_KNOWN: NoneKnown = {
  snomed: new Set(['787480003']),
  ips: new Set(['no-known-procedures']),
  lists: new Set(),
  words: new Set(['procedure', 'procedures', 'history']),
}

/** Procedure. Ordered by when it was begun. */
export const procedures: SectionMapping = {
  section: 'procedures',
  resourceTypes: ['Procedure'],
  accepts: (resource) => resource.resourceType === 'Procedure',
  toItems: (resource, context) => [toProcedure(resource, context)],
}

function toProcedure(resource: FhirResource, context: MappingContext): MappedItem {
  const code = concept(resource['code'])
  const performed = performedOf(resource)
  const status = statusOf(STATUS, resource['status'])
  const time = firstTime(performed?.start, performed?.end)
  const performers = referencesIn(resource['performer'], 'actor')
  return careItem(resource, context, {
    section: 'procedures',
    status,
    code,
    time,
    // The same procedure on the same day is one procedure.
    likeness: [conceptKey(code), dayOf(time)],
    recording: {
      recordedAt: null,
      authors: [...references(resource['recorder'], resource['asserter']), ...performers],
      organisations: referencesIn(resource['performer'], 'onBehalfOf'),
    },
    isNoneKnown: saysNoneKnown(code, NONE_KNOWN) && status !== 'ENTERED_IN_ERROR',
    fields: {
      performed,
      performedText:
        text(resource['performedString']) ??
        quantityText(quantity(resource['performedAge'])) ??
        rangeText(quantityRange(resource['performedRange'])),
      categories: oneOrMany(resource['category']),
      bodySites: concepts(resource['bodySite']),
      performers: partyNames(performers, context),
      reasons: reasonsOf(resource, context),
      outcome: concept(resource['outcome']),
      complications: [
        ...concepts(resource['complication']),
        ...subjectsOf(references(resource['complicationDetail']), context),
      ],
      followUp: concepts(resource['followUp']),
      statusReason: concept(resource['statusReason']),
      devices: elements(resource['focalDevice'])
        .map((one) => toDevice(one, context))
        .filter(saysSomething),
      used: [
        ...concepts(resource['usedCode']),
        ...present(references(resource['usedReference']).map((one) => toUsed(one, context))),
      ],
    },
  })
}

function toDevice(focal: Element, context: MappingContext): ProcedureDevice {
  const pointer = reference(focal['manipulated'])
  const device = element(pointsToHidden(pointer, context) ? null : resolve(pointer, context))
  const [name] = elements(device['deviceName'])
  const carriers = elements(device['udiCarrier']).map(
    (one) => text(one['carrierHRF']) ?? text(one['deviceIdentifier']),
  )
  return {
    action: concept(focal['action']),
    device:
      concept(device['type']) ?? wordsConcept(text(name?.['name']) ?? pointer?.display ?? null),
    manufacturer: text(device['manufacturer']),
    model: text(device['modelNumber']),
    serialNumber: text(device['serialNumber']),
    lotNumber: text(device['lotNumber']),
    udi: present(carriers).join(' ') || null,
    expiresAt: dateTime(device['expirationDate']),
  }
}

function toUsed(pointer: FhirReference, context: MappingContext): Concept | null {
  const found = element(resolve(pointer, context))
  const named = found['resourceType'] === 'Device' ? concept(found['type']) : null
  return named ?? subjectOf(pointer, context) ?? wordsConcept(partyName(pointer, context))
}

function performedOf(resource: Element): Period | null {
  return momentAsPeriod(resource['performedDateTime']) ?? period(resource['performedPeriod'])
}

function oneOrMany(source: unknown): Concept[] {
  return concepts(Array.isArray(source) ? source : [source])
}
