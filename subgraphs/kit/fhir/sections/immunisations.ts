import type { ImmunisationProtocol, ImmunisationStatus } from '../../generated/contract.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import {
  type Element,
  elements,
  extension,
  flag,
  integer,
  present,
  saysSomething,
  text,
} from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { partyName } from '../people.ts'
import { quantity } from '../quantity.ts'
import { subjectsOf } from '../reasons.ts'
import { reference, references, referencesIn } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { dateTime, dayOf, firstTime } from '../time.ts'

const STATUS = statusWords<ImmunisationStatus>({
  completed: 'COMPLETED',
  'not-done': 'NOT_DONE',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

const PROCEDURE =
  'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure'

/** Immunization. Ordered by when it was given, else by when it was recorded. */
export const immunisations: SectionMapping = {
  section: 'immunisations',
  resourceTypes: ['Immunization'],
  accepts: (resource) => resource.resourceType === 'Immunization',
  toItems: (resource, context) => [toImmunisation(resource, context)],
}

function toImmunisation(resource: FhirResource, context: MappingContext): MappedItem {
  const vaccine = concept(resource['vaccineCode'])
  const procedure = concept(extension(resource, PROCEDURE, 'valueCodeableConcept'))
  const occurredAt = dateTime(resource['occurrenceDateTime'])
  const time = firstTime(occurredAt, resource['recorded'])
  const doses = elements(resource['protocolApplied'])
  return careItem(resource, context, {
    section: 'immunisations',
    status: statusOf(STATUS, resource['status']),
    code: vaccine ?? procedure,
    alsoCoded: [procedure],
    time,
    // The same vaccine on the same day is one injection.
    likeness: [conceptKey(vaccine ?? procedure), dayOf(time)],
    recording: {
      recordedAt: dateTime(resource['recorded']),
      authors: [
        ...referencesIn(resource['performer'], 'actor'),
        ...references(resource['reportOrigin']),
      ],
    },
    // A time in words has no place of its own.
    notes: [...annotations(resource['note']), ...present([text(resource['occurrenceString'])])],
    fields: {
      vaccine,
      occurredAt,
      targetDiseases: doses.flatMap((dose) => concepts(dose['targetDisease'])),
      doseNumber: [...new Set(present(doses.map(doseNumberOf)))].join('; ') || null,
      protocols: doses.map(toProtocol).filter(saysSomething),
      isSubpotent: flag(resource['isSubpotent']),
      subpotentReasons: concepts(resource['subpotentReason']),
      site: concept(resource['site']),
      route: concept(resource['route']),
      doseQuantity: quantity(resource['doseQuantity']),
      lotNumber: text(resource['lotNumber']),
      expiresOn: dateTime(resource['expirationDate']),
      manufacturer: partyName(reference(resource['manufacturer']), context),
      notGivenReason: resource['status'] === 'not-done' ? concept(resource['statusReason']) : null,
      reactions: elements(resource['reaction'])
        .map((one) => ({
          at: dateTime(one['date']),
          manifestation: subjectsOf(references(one['detail']), context)[0] ?? null,
          isSelfReported: flag(one['reported']),
        }))
        .filter(saysSomething),
    },
  })
}

function toProtocol(dose: Element): ImmunisationProtocol {
  return {
    series: text(dose['series']),
    doseNumber: doseNumberOf(dose),
    seriesDoses:
      text(dose['seriesDosesString']) ??
      integer(dose['seriesDosesPositiveInt'])?.toString() ??
      null,
    targetDiseases: concepts(dose['targetDisease']),
  }
}

function doseNumberOf(dose: Element): string | null {
  return (
    text(dose['doseNumberString']) ?? integer(dose['doseNumberPositiveInt'])?.toString() ?? null
  )
}
