import { isClinical, isSupporting } from './map-resource.ts'

/** FHIR types that say nothing about a patient's health: payment, definitions, terminology, the exchange itself. */
const WITHOUT: ReadonlySet<string> = new Set([
  ...['Account', 'ChargeItem', 'ChargeItemDefinition', 'Claim', 'ClaimResponse', 'Contract'],
  ...['Coverage', 'CoverageEligibilityRequest', 'CoverageEligibilityResponse', 'InsurancePlan'],
  ...['EnrollmentRequest', 'EnrollmentResponse', 'ExplanationOfBenefit', 'Invoice'],
  ...['PaymentNotice', 'PaymentReconciliation'],
  ...['ActivityDefinition', 'CatalogEntry', 'DeviceDefinition', 'EventDefinition'],
  ...['ExampleScenario', 'Library', 'Measure', 'MeasureReport', 'MedicationKnowledge'],
  ...['ObservationDefinition', 'PlanDefinition', 'Questionnaire', 'SpecimenDefinition'],
  ...['CapabilityStatement', 'CodeSystem', 'CompartmentDefinition', 'ConceptMap'],
  ...['GraphDefinition', 'ImplementationGuide', 'MessageDefinition', 'NamingSystem'],
  ...['OperationDefinition', 'SearchParameter', 'StructureDefinition', 'StructureMap'],
  ...['TerminologyCapabilities', 'TestReport', 'TestScript', 'ValueSet'],
  ...['AuditEvent', 'Bundle', 'Endpoint', 'Linkage', 'MessageHeader', 'OperationOutcome'],
  ...['OrganizationAffiliation', 'Parameters', 'Person', 'Schedule', 'Slot', 'Subscription'],
  ...['VerificationResult', 'AppointmentResponse', 'DeviceMetric', 'Group'],
])

/** True for a FHIR type that is not mapped and may say something about a patient's health. */
export function isMissedContent(resourceType: string): boolean {
  return !isClinical(resourceType) && !isSupporting(resourceType) && !WITHOUT.has(resourceType)
}
