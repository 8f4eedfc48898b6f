/** What becomes of an element that FHIR R4 marks as a modifier. */
export type Treatment =
  /** An entry shows it. */
  | 'SHOWN'
  /** It decides whether, or as what, the resource or element is read. */
  | 'DECIDES'
  /** What holds it is kept and not shown, and its section says so. */
  | 'NOT_UNDERSTOOD'
  /** It changes nothing of what is shown of the resource. */
  | 'WITHOUT_EFFECT'

/** A modifier element's treatment, and where to look for it. */
export interface Modifier {
  readonly treatment: Treatment
  readonly how: string
}

const shown = (how: string): Modifier => ({ treatment: 'SHOWN', how })
const decides = (how: string): Modifier => ({ treatment: 'DECIDES', how })
const withoutEffect = (how: string): Modifier => ({ treatment: 'WITHOUT_EFFECT', how })
const notUnderstood = (how: string): Modifier => ({ treatment: 'NOT_UNDERSTOOD', how })

const STATUS = shown('status; a word outside the standard is UNKNOWN')
const RETRACTED = decides('entered-in-error: nothing that refers to it shows it')

/**
 * Every element that FHIR R4 marks as a modifier (`isModifier`) in the types that are read, by its path;
 * those that every type has, by their name. A test holds it against FHIR's own definitions.
 */
export const modifiers: Readonly<Record<string, Modifier>> = {
  implicitRules: notUnderstood('no rules beyond FHIR R4 are known here'),
  modifierExtension: notUnderstood('no modifier extension is known here, at any depth'),

  'AdverseEvent.actuality': shown('in the words of its document'),
  'AllergyIntolerance.clinicalStatus': STATUS,
  'AllergyIntolerance.verificationStatus': shown('verificationStatus'),
  'Appointment.status': STATUS,
  'CarePlan.status': STATUS,
  'CarePlan.intent': shown('intent'),
  'CarePlan.activity.detail.status': shown('activities.status'),
  'CarePlan.activity.detail.doNotPerform': shown('activities.isProhibited, and status: prohibited'),
  'ClinicalImpression.status': STATUS,
  'Composition.status': STATUS,
  'Condition.clinicalStatus': STATUS,
  'Condition.verificationStatus': shown('verificationStatus; refuted: no reason of anything else'),
  'DeviceRequest.status': STATUS,
  'DeviceRequest.intent': decides('proposal, plan, option: PLANNED where it would be ACTIVE'),
  'DeviceUseStatement.status': STATUS,
  'DiagnosticReport.status': STATUS,
  'DocumentReference.status': STATUS,
  'Encounter.status': STATUS,
  'EpisodeOfCare.status': STATUS,
  'FamilyMemberHistory.status': STATUS,
  'Flag.status': STATUS,
  'ImagingStudy.status': STATUS,
  'Immunization.status': STATUS,
  'Immunization.isSubpotent': shown('isSubpotent'),
  'MedicationAdministration.status': STATUS,
  'MedicationDispense.status': STATUS,
  'MedicationRequest.status': STATUS,
  'MedicationRequest.intent': shown('intent'),
  'MedicationRequest.doNotPerform': shown('isProhibited, and status: PROHIBITED'),
  'MedicationStatement.status': STATUS,
  'Observation.status': STATUS,
  'Procedure.status': STATUS,
  'QuestionnaireResponse.status': STATUS,
  'ServiceRequest.status': STATUS,
  'ServiceRequest.intent': shown('intent'),
  'ServiceRequest.doNotPerform': shown('isProhibited, and status: PROHIBITED; no relationship'),
  'Task.status': STATUS,

  'CareTeam.status': RETRACTED,
  'Consent.status': decides('the state of an objection'),
  'Consent.scope': decides('an objection is about privacy'),
  'Device.status': RETRACTED,
  'Goal.lifecycleStatus': shown('goals.status; entered-in-error: left out'),
  'HealthcareService.active': withoutEffect('what has closed since did what it did'),
  'List.status': decides('only a current List states that there are none'),
  'List.mode': decides('a List of changes states nothing'),
  'List.entry.deleted': decides('a List with entries does not state that there are none'),
  'Location.status': withoutEffect('what has closed since was where it was'),
  'Medication.status': decides('entered-in-error: what refers to it is not understood'),
  'Organization.active': withoutEffect('what has closed since did what it did'),
  'Patient.active': decides('false: no registration with a practice'),
  'Patient.deceased[x]': shown('demographics: isDeceased, deceasedAt'),
  'Patient.link': decides('which number replaced which'),
  'RelatedPerson.active': withoutEffect('who has left since said what they said'),
  'Specimen.status': RETRACTED,

  'Address.use': shown('use; old: left out'),
  'ContactPoint.use': shown('use; old: left out'),
  'HumanName.use': shown('use; old and maiden: a former name'),
  'Identifier.use': decides('old: joins no entries, and is no number of a patient'),
  'Quantity.comparator': shown('comparator'),
}
