import type { FhirResource } from '../kit/fhir/resource.ts'

/*
 * Where a FHIR R4 CarePlan holds a Universal Care Plan. No UK Core profile says, so this does:
 *
 * - `category` has SNOMED CT 861421000000109 (End of life care coordination summary), or `title` or
 *   the category's text is `Universal Care Plan`;
 * - each part is an `activity.detail` whose `code.text` names it and whose `description` holds it:
 *   `What matters to me`, `Preferred place of care`, `Preferred place of death`, `Resuscitation`,
 *   `Treatment escalation`, `Anticipatory medicines`, `Key contact` (one each; the name in
 *   `performer.display`);
 * - the resuscitation decision is also `detail.code.coding`: SNOMED CT 450475007 (for attempted CPR)
 *   or 450476008 (not for attempted CPR);
 * - an activity with any other name is an instruction, and so is each `note`;
 * - `goal.display` what it is to reach, `meta.lastUpdated` else `created` when it was changed.
 */

const SNOMED = 'http://snomed.info/sct'
const COORDINATION_SUMMARY = '861421000000109'
const FOR_CPR = '450475007'
const NOT_FOR_CPR = '450476008'

/** True for a CarePlan that is a Universal Care Plan. */
export function isUniversalCarePlan(plan: FhirResource): boolean {
  if (isItsName(plan['title'])) return true
  return listOf(plan['category']).some(
    (category) => isItsName(category['text']) || hasCode(category, COORDINATION_SUMMARY),
  )
}

/** The plan in the published shape. */
export type UniversalCarePlan = ReturnType<typeof toUniversalCarePlan>

/** Makes a plan of that shape from a CarePlan. */
export function toUniversalCarePlan(plan: FhirResource) {
  const activities = listOf(plan['activity']).map((activity) => objectOf(activity['detail']))
  const part = (name: string) => activities.filter((detail) => nameOf(detail) === name)
  const words = (name: string) => join(part(name).map(descriptionOf))
  return {
    title: textOf(plan['title']) ?? 'Universal Care Plan',
    summary: textOf(plan['description']),
    updatedAt: textOf(objectOf(plan['meta'])['lastUpdated']) ?? textOf(plan['created']),
    validUntil: textOf(objectOf(plan['period'])['end']),
    author: textOf(objectOf(plan['author'])['display']),
    whatMattersToMe: words('what matters to me'),
    preferredPlaceOfCare: words('preferred place of care'),
    preferredPlaceOfDeath: words('preferred place of death'),
    resuscitation: toResuscitation(part('resuscitation')),
    treatmentEscalation: words('treatment escalation'),
    anticipatoryMedicines: words('anticipatory medicines'),
    instructions: [
      ...activities.filter((detail) => !NAMED.has(nameOf(detail) ?? '')).map(toInstruction),
      ...listOf(plan['note']).map((note) => textOf(note['text'])),
    ].filter((text) => text !== null),
    goals: listOf(plan['goal'])
      .map((goal) => textOf(goal['display']))
      .filter((text) => text !== null),
    keyContacts: part('key contact').map((detail) => ({
      name: textOf(listOf(detail['performer'])[0]?.['display']),
      details: descriptionOf(detail),
    })),
  }
}

const NAMED = new Set([
  'what matters to me',
  'preferred place of care',
  'preferred place of death',
  'resuscitation',
  'treatment escalation',
  'anticipatory medicines',
  'key contact',
])

/** Two coded decisions that differ are no decision: the words then speak for themselves. */
function toResuscitation(details: readonly FhirObject[]) {
  if (details.length === 0) return null
  const has = (code: string) => details.some((detail) => hasCode(objectOf(detail['code']), code))
  const [isFor, isNotFor] = [has(FOR_CPR), has(NOT_FOR_CPR)]
  const decision = isFor ? 'FOR_CPR' : 'NOT_FOR_CPR'
  return {
    decision: isFor === isNotFor ? null : decision,
    text: join(details.map(descriptionOf)),
  }
}

function toInstruction(detail: FhirObject): string | null {
  return join([textOf(objectOf(detail['code'])['text']), descriptionOf(detail)], ': ')
}

function nameOf(detail: FhirObject): string | null {
  return textOf(objectOf(detail['code'])['text'])?.toLowerCase() ?? null
}

function descriptionOf(detail: FhirObject): string | null {
  return textOf(detail['description'])
}

function join(texts: readonly (string | null)[], between = '\n'): string | null {
  const given = texts.filter((text) => text !== null)
  return given.length > 0 ? given.join(between) : null
}

function hasCode(concept: FhirObject, code: string): boolean {
  return listOf(concept['coding']).some(
    (coding) => coding['code'] === code && (coding['system'] ?? SNOMED) === SNOMED,
  )
}

function isItsName(value: unknown): boolean {
  return textOf(value)?.toLowerCase() === 'universal care plan'
}

type FhirObject = Readonly<Record<string, unknown>>

/** Whatever stands there, as an object; an empty one where it is none. */
function objectOf(value: unknown): FhirObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as FhirObject)
    : {}
}

function listOf(value: unknown): FhirObject[] {
  return Array.isArray(value) ? value.map(objectOf) : []
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
