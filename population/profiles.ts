const UK_CORE = 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-'

/** UK Core has no profile of these; they conform to FHIR R4 itself. */
const withoutUkCore = new Set(['DeviceRequest'])

/** The profile a resource claims: UK Core's where there is one. */
export function profileOf(resourceType: string, content: Record<string, unknown>): string {
  if (withoutUkCore.has(resourceType)) {
    return `http://hl7.org/fhir/StructureDefinition/${resourceType}`
  }
  if (resourceType === 'Observation' && 'specimen' in content) return `${UK_CORE}Observation-Lab`
  if (resourceType === 'DiagnosticReport' && 'contained' in content) {
    return `${UK_CORE}DiagnosticReport-Lab`
  }
  return `${UK_CORE}${resourceType}`
}
