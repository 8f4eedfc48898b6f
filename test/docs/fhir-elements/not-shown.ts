/** Why no field of the contract changes with an element. */
export interface NotShown {
  readonly kind: 'NOT_SHOWN' | 'NOT_CLINICAL' | 'READ'
  readonly reason: string
}

/** Something clinical that has no field. */
const notShown = (reason: string): NotShown => ({ kind: 'NOT_SHOWN', reason })
const notClinical = (reason: string): NotShown => ({ kind: 'NOT_CLINICAL', reason })
/** It counts where no example can show it. */
const read = (reason: string): NotShown => ({ kind: 'READ', reason })

const DEFINITION = notClinical('names a definition, nothing of the patient')
const MONEY = notClinical('who pays')
const GROUP = notClinical('a number under which requests were sent together')
const ADDRESS_OF_FILES = notClinical('a technical address or identifier of images')
const MENTIONED = notShown(
  'further resources are entries of their own; that they were meant is not told',
)
const HISTORY = notShown('earlier states; the present one is shown')
const WHO = notShown('a role beside the name that is shown')
const WHERE = notShown('where it was done')

/**
 * What changes no field when it is tried, by path, or by name alone behind `*.`; what is said of an
 * element is said of its parts. An element that is shown now leaves this list.
 */
export const notShownElements: Readonly<Record<string, NotShown>> = {
  '*.instantiatesCanonical': DEFINITION,
  '*.instantiatesUri': DEFINITION,
  '*.insurance': MONEY,
  '*.account': MONEY,
  '*.groupIdentifier': GROUP,
  '*.supportingInformation': MENTIONED,
  '*.supportingInfo': MENTIONED,
  '*.relevantHistory': HISTORY,
  '*.statusHistory': HISTORY,
  '*.performerType': notShown('the kind of performer that is wished for'),

  'AdverseEvent.location': WHERE,
  'Appointment.serviceCategory': notShown('serviceType and specialty are shown'),
  'Appointment.priority': notShown('how urgent; no field'),
  'Appointment.minutesDuration': notShown('start and end are shown'),
  'Appointment.slot': notClinical("a place in the clinic's calendar"),
  'Appointment.participant.type': WHO,
  'Appointment.participant.required': notClinical('for whoever arranges it'),
  'Appointment.participant.status': notShown('who has accepted; the status of the whole is shown'),
  'Appointment.participant.period': notShown('for how long somebody takes part'),
  'CarePlan.activity.detail.kind': notShown('the kind of request; code and description are shown'),
  'CarePlan.activity.detail.reasonCode': notShown('why; no field'),
  'CarePlan.activity.detail.goal': notShown('goals are shown with the plan, not with the activity'),
  'CarePlan.activity.detail.statusReason': notShown('why it stands so; no field'),
  'CarePlan.activity.detail.location': WHERE,
  'CarePlan.activity.detail.performer': notShown('who does it; no field'),
  'CarePlan.activity.detail.dailyAmount': notShown('how much a day; no field'),
  'CarePlan.activity.detail.quantity': notShown('how much; no field'),
  'Composition.confidentiality': notShown('meta.security alone is looked at'),
  'Composition.attester': notShown('who has signed it; the author is shown'),
  'Composition.custodian': read('the organisation, where no author belongs to one'),
  'Composition.relatesTo': notShown('which document it replaces; no field'),
  'Composition.event.code': notShown('what the document is about; its words are shown'),
  'Composition.section.author': WHO,
  'Composition.section.mode': notClinical('how a list is kept'),
  'Composition.section.section': read('its words are shown with those of the section around it'),
  'Composition.section.orderedBy': notClinical('how a list is sorted'),
  'Condition.stage.assessment': notShown('what the stage rests on; no field'),
  'Condition.evidence': notShown('what speaks for it; no field'),
  'DeviceRequest.intent': read('a proposal, plan or option is PLANNED where it would be ACTIVE'),
  'DeviceRequest.parameter': notShown('details of the device; no field'),
  'DiagnosticReport.media': notShown('pictures beside the report; no field'),
  'DocumentReference.relatesTo': notShown('which document it replaces; no field'),
  'DocumentReference.securityLabel': read('a label that is never shared, or restricted, decides'),
  'DocumentReference.content.format': notClinical('a technical format; the content type is shown'),
  'DocumentReference.context.event': notShown('what was done; type and category are shown'),
  'DocumentReference.context.sourcePatientInfo': notClinical('the patient as they were filed'),
  'Encounter.classHistory': HISTORY,
  'Encounter.participant.type': WHO,
  'Encounter.participant.period': notShown('for how long somebody took part'),
  'Encounter.length': notShown('start and end are shown'),
  'Encounter.diagnosis.use': notShown('admission, discharge or billing; no field'),
  'Encounter.diagnosis.rank': read('the main diagnosis decides what is excluded'),
  'Encounter.hospitalization.preAdmissionIdentifier': notClinical('a number of the administration'),
  'Encounter.hospitalization.origin': notShown('where from, before admission; no field'),
  'Encounter.hospitalization.reAdmission': notShown('that it is a readmission; no field'),
  'Encounter.hospitalization.dietPreference': notShown('diet; no field'),
  'Encounter.hospitalization.specialCourtesy': notClinical('courtesies such as VIP'),
  'Encounter.hospitalization.specialArrangement': notShown('wheelchair, interpreter; no field'),
  'Encounter.hospitalization.destination': notShown('where to, after discharge; no field'),
  'Encounter.location.status': notShown('planned or left; the place is shown'),
  'Encounter.location.physicalType': notShown('ward or bed; the name is shown'),
  'Encounter.location.period': notShown('when at which place; no field'),
  'EpisodeOfCare.diagnosis.role': notShown('role of the diagnosis; no field'),
  'EpisodeOfCare.diagnosis.rank': read('the main diagnosis decides what is excluded'),
  'ImagingStudy.endpoint': ADDRESS_OF_FILES,
  'ImagingStudy.location': WHERE,
  'ImagingStudy.series.uid': ADDRESS_OF_FILES,
  'ImagingStudy.series.number': ADDRESS_OF_FILES,
  'ImagingStudy.series.description': notShown('words on one series; the study has its own'),
  'ImagingStudy.series.numberOfInstances': ADDRESS_OF_FILES,
  'ImagingStudy.series.endpoint': ADDRESS_OF_FILES,
  'ImagingStudy.series.laterality': notShown('left or right of a series; no field'),
  'ImagingStudy.series.specimen': notShown('what was photographed; no field'),
  'ImagingStudy.series.performer': notShown('who made a series; no field'),
  'ImagingStudy.series.instance': ADDRESS_OF_FILES,
  'Immunization.primarySource': notShown('whether it is told at first hand; no field'),
  'Immunization.reportOrigin': notShown('who told of it; no field'),
  'Immunization.location': WHERE,
  'Immunization.performer.function': WHO,
  'Immunization.reasonCode': notShown('why it was given; no field'),
  'Immunization.education': notClinical('leaflets that were handed out'),
  'Immunization.programEligibility': MONEY,
  'Immunization.fundingSource': MONEY,
  'Immunization.protocolApplied.authority': notClinical('who publishes the schedule'),
  'MedicationAdministration.instantiates': DEFINITION,
  'MedicationAdministration.category': notShown('inpatient, outpatient, community; no field'),
  'MedicationAdministration.performer.function': WHO,
  'MedicationAdministration.device': notShown('pump or inhaler; no field'),
  'MedicationAdministration.eventHistory': HISTORY,
  'MedicationDispense.category': notShown('inpatient, outpatient, community; no field'),
  'MedicationDispense.performer.function': WHO,
  'MedicationDispense.location': WHERE,
  'MedicationDispense.destination': WHERE,
  'MedicationDispense.receiver': notShown('who collected it; no field'),
  'MedicationDispense.dosageInstruction.timing.repeat': read(
    'shown with its other parts: see dosageInstruction of MedicationRequest',
  ),
  'MedicationDispense.dosageInstruction.doseAndRate': read(
    'shown with its other parts: see dosageInstruction of MedicationRequest',
  ),
  'MedicationDispense.substitution.responsibleParty': notShown('who decided on another; no field'),
  'MedicationDispense.detectedIssue': notShown('interactions that were noticed; no field'),
  'MedicationDispense.eventHistory': HISTORY,
  'MedicationRequest.category': notShown('inpatient, outpatient, community; no field'),
  'MedicationRequest.priority': notShown('how urgent; no field'),
  'MedicationRequest.reported[x]': notShown('that another prescribed it; no field'),
  'MedicationRequest.performer': notShown('who is to give it; no field'),
  'MedicationRequest.dosageInstruction.doseAndRate.type': notClinical('ordered or calculated'),
  'MedicationRequest.dosageInstruction.timing.repeat.durationUnit': read('the unit of duration'),
  'MedicationStatement.dosage.timing.repeat': read(
    'shown with its other parts: see dosageInstruction of MedicationRequest',
  ),
  'MedicationStatement.dosage.doseAndRate.type': notClinical('ordered or calculated'),
  'MedicationRequest.dispenseRequest.initialFill': notShown('a first, smaller supply; no field'),
  'MedicationRequest.dispenseRequest.dispenseInterval': notShown('between supplies; no field'),
  'MedicationRequest.dispenseRequest.performer': notClinical('which pharmacy supplies it'),
  'MedicationRequest.substitution': notClinical('for the pharmacy: what it may give instead'),
  'MedicationRequest.detectedIssue': notShown('interactions that were noticed; no field'),
  'MedicationRequest.eventHistory': HISTORY,
  'MedicationStatement.category': notShown('inpatient, outpatient, community; no field'),
  'Observation.device': notShown('what measured it; no field'),
  'Patient.maritalStatus': notClinical('not in the contract'),
  'Patient.multipleBirth[x]': notShown('a twin; no field'),
  'Patient.photo': notClinical('not in the contract'),
  'Patient.contact.address': notShown("a contact's telephone is shown"),
  'Patient.contact.gender': notClinical("a contact's name and relationship are shown"),
  'Patient.link': read('which number replaced which, where the other Patient is known'),
  'Procedure.performer.function': WHO,
  'Procedure.performer.onBehalfOf': notShown('for whom somebody acted; no field'),
  'Procedure.location': WHERE,
  'QuestionnaireResponse.item.linkId': read('names a question that has no words'),
  'QuestionnaireResponse.item.definition': DEFINITION,
  'QuestionnaireResponse.item.answer': read('its value and what is asked behind it are shown'),
  'ServiceRequest.requisition': GROUP,
  'ServiceRequest.quantity[x]': notShown('how much; no field'),
  'ServiceRequest.asNeeded[x]': notShown('only when needed; no field'),
  'ServiceRequest.locationCode': WHERE,
  'ServiceRequest.locationReference': WHERE,
  'ServiceRequest.bodySite': notShown('where on the body; no field'),
  'Task.businessStatus': notShown('a further status in words; no field'),
  'Task.intent': notShown('proposal or order; no field'),
  'Task.lastModified': notShown('when it last changed; authoredOn is shown'),
  'Task.location': WHERE,
  'Task.restriction': notShown('until when, and for whom, it may be done; no field'),
  'Task.input': notShown('what it starts from; no field'),
  'Task.output': notShown('what came of it; no field'),
}

/** What is said of an element, of what it is part of, or of its name; null where nothing is. */
export function findNotShown(path: string): readonly [key: string, what: NotShown] | null {
  const names = path.split('.')
  const paths = names.map((_, index) => names.slice(0, names.length - index).join('.'))
  const keys = [...paths, ...names.map((name) => `*.${name}`).reverse()]
  for (const key of keys) {
    const what = notShownElements[key]
    if (what !== undefined) return [key, what]
  }
  return null
}
