import type { Organisation } from '../generated/contract.ts'
import { within } from './contained.ts'
import { type Element, element, elements, isElement, text } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { pointsToHidden, reference, resolve, typeOf } from './reference.ts'
import type { FhirReference } from './resource.ts'

/** The FHIR system of codes of the Organisation Data Service. */
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'

/**
 * The organisation that a reference means, directly or through a role, place, team or service; null
 * where it means none. Kind, and a name that the source left out, come from the participant's table.
 */
export function organisationOf(
  source: FhirReference | null,
  context: MappingContext,
): Organisation | null {
  if (pointsToHidden(source, context)) return null
  const found = resolve(source, context)
  if (!found || found.resourceType === 'Organization') return direct(source, found, context)
  const owner = reference(
    found['organization'] ??
      found['providedBy'] ??
      (Array.isArray(found['managingOrganization'])
        ? found['managingOrganization'][0]
        : found['managingOrganization']),
  )
  // One step only: what stands behind the step must be an organisation, so that no circle is walked.
  const inside = within(found, context)
  if (pointsToHidden(owner, inside)) return null
  const behind = resolve(owner, inside)
  return behind && behind.resourceType !== 'Organization' ? null : direct(owner, behind, context)
}

/** The organisation whose tag a resource carries (Interweave's provenance tag). */
export function taggedOrganisation(
  resource: Element,
  context: MappingContext,
): Organisation | null {
  const tags = elements(element(resource['meta'])['tag'])
  for (const tag of tags) {
    const code = tag['system'] === ODS ? odsCode(tag['code']) : null
    if (code !== null) return organisation(code, text(tag['display']), context)
  }
  return null
}

/** The participant's own organisation, where it has exactly one. */
export function soleOrganisation(context: MappingContext): Organisation | null {
  const [own, another] = context.participant.organisations
  return own && !another ? { odsCode: own.odsCode, name: own.name, kind: own.kind } : null
}

/** An ODS code in its usual writing; null for anything that cannot be one. */
function odsCode(source: unknown): string | null {
  const code = text(source)?.trim().toUpperCase() ?? ''
  return /^[A-Z0-9]{3,12}$/.test(code) ? code : null
}

function direct(
  source: FhirReference | null,
  found: Element | null,
  context: MappingContext,
): Organisation | null {
  if (!source) return null
  const identified = source.identifier?.system === ODS ? odsCode(source.identifier.value) : null
  if (isElement(found)) {
    const own = elements(found['identifier']).find((one) => one['system'] === ODS)
    const name = text(found['name']) ?? source.display ?? null
    return organisation(odsCode(own?.['value']) ?? identified, name, context)
  }
  if (identified === null && typeOf(source) !== 'Organization') return null
  return organisation(identified, source.display ?? null, context)
}

function organisation(
  code: string | null,
  name: string | null,
  context: MappingContext,
): Organisation | null {
  if (code === null && name === null) return null
  const known = context.participant.organisations.find((one) => one.odsCode === code)
  return { odsCode: code, name: name ?? known?.name ?? null, kind: known?.kind ?? null }
}
