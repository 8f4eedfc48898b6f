import type { RelationshipKind } from '../store/tables.ts'
import { within } from './contained.ts'
import { element, elements, present, text } from './elements.ts'
import { encounterClass } from './encounter-class.ts'
import type { MappedRelationship, MappingContext } from './mapping.ts'
import { isProhibited } from './modifiers/prohibited.ts'
import { isUnderstood } from './modifiers/understood.ts'
import { organisationOf, soleOrganisation, taggedOrganisation } from './organisations.ts'
import { reference, references, referencesIn } from './reference.ts'
import type { FhirReference, FhirResource } from './resource.ts'
import { dateTime, firstTime, period, toInstant, toLastInstant } from './time.ts'

/** What a resource shows: a kind of relationship, with whom, and from when to when. */
interface Evidence {
  readonly kind: RelationshipKind
  readonly odsCodes: readonly string[]
  readonly start: string | null
  /** Null while it is open. */
  readonly end: string | null
  /** Who referred, by ODS code. */
  readonly referrer?: string | null
}

/**
 * The care relationships that a resource is evidence of: organisations by ODS code, with the
 * beginning and end of the care. What was planned only, cancelled or recorded by mistake is none, and
 * neither is what is not understood.
 */
export function relationshipsOf(
  resource: FhirResource,
  context: MappingContext,
): MappedRelationship[] {
  const byOrganisation = new Map<string, MappedRelationship>()
  if (!isUnderstood(resource)) return []
  for (const evidence of evidenceOf(resource, within(resource, context))) {
    for (const odsCode of evidence.odsCodes) {
      const known = byOrganisation.get(odsCode)
      const one = toRelationship(resource, odsCode, evidence)
      if (!known || isNewer(one, known)) byOrganisation.set(odsCode, one)
    }
  }
  return [...byOrganisation.values()]
}

const SHOWING: ReadonlySet<string> = new Set([
  'Appointment',
  'Encounter',
  'EpisodeOfCare',
  'Patient',
  'ServiceRequest',
])

/** True for the resource types that can be evidence of a care relationship. */
export function showsRelationship(resourceType: string): boolean {
  return SHOWING.has(resourceType)
}

function toRelationship(
  resource: FhirResource,
  odsCode: string,
  evidence: Evidence,
): MappedRelationship {
  const isDated = evidence.kind === 'GP_REGISTRATION' || evidence.kind === 'REFERRAL'
  return {
    ods_code: odsCode,
    kind: evidence.kind,
    resource_type: resource.resourceType,
    resource_id: text(resource.id) ?? '',
    starts_at: toInstant(evidence.start),
    // Who leaves on a day is there until it is over.
    ends_at: toLastInstant(evidence.end),
    referrer: evidence.referrer ?? null,
    recorded_at: isDated ? toInstant(dateTime(element(resource['meta'])['lastUpdated'])) : null,
  }
}

/** A practice that stands twice in a Patient: left, and come back to. */
function isNewer(one: MappedRelationship, known: MappedRelationship): boolean {
  if ((one.ends_at === null) !== (known.ends_at === null)) return one.ends_at === null
  return (one.starts_at?.getTime() ?? 0) > (known.starts_at?.getTime() ?? 0)
}

function evidenceOf(resource: FhirResource, context: MappingContext): Evidence[] {
  if (resource.resourceType === 'Patient') return registrations(resource, context)
  return present([involvementOf(resource, context)])
}

function involvementOf(resource: FhirResource, context: MappingContext): Evidence | null {
  switch (resource.resourceType) {
    case 'ServiceRequest':
      return referral(resource, context)
    case 'Appointment':
      return appointment(resource, context)
    case 'Encounter':
      return encounter(resource, context)
    case 'EpisodeOfCare':
      return caseload(resource, context)
    default:
      return null
  }
}

/**
 * General practices, each for the time that its identifier says. The managing organisation counts only where
 * it is known to be a practice: in UK Core it is whoever keeps the record, which for a hospital would be a
 * relationship for ever.
 */
function registrations(patient: FhirResource, context: MappingContext): Evidence[] {
  if (patient['active'] === false) return []
  const named = patient['generalPractitioner']
  const found = (Array.isArray(named) ? elements(named) : [element(named)]).map((one) => ({
    odsCodes: odsCodes(references(one), context),
    stretch: period(element(one['identifier'])['period']),
  }))
  const practices = found.filter((one) => one.odsCodes.length > 0)
  const keeper = organisationOf(reference(patient['managingOrganization']), context)
  const isPractice = keeper?.kind === 'GP_PRACTICE' && keeper.odsCode !== null
  const kept = isPractice ? [{ odsCodes: present([keeper.odsCode]), stretch: null }] : []
  return (practices.length > 0 ? practices : kept).map((one) => ({
    kind: 'GP_REGISTRATION',
    odsCodes: one.odsCodes,
    start: one.stretch?.start ?? null,
    end: one.stretch?.end ?? null,
  }))
}

/** Intents of a request that nobody has made yet. */
const UNASKED = new Set<unknown>(['proposal', 'option'])

/** With whom it names as its recipient, and nobody else: who asks, or writes it down, gets nothing from it. */
function referral(request: FhirResource, context: MappingContext): Evidence | null {
  const status = request['status']
  if (status !== 'active' && status !== 'on-hold' && status !== 'completed') return null
  if (isProhibited(request) || UNASKED.has(request['intent'])) return null
  const start = dateTime(request['authoredOn'])
  const due = period(request['occurrencePeriod'])
  const end = firstTime(due?.end, request['occurrenceDateTime'], due?.start, start)
  const [referrer = null] = carers(references(request['requester']), request, context)
  return {
    kind: 'REFERRAL',
    odsCodes: odsCodes(references(request['performer']), context),
    start,
    end: status === 'completed' ? (end ?? LONG_AGO) : null,
    referrer,
  }
}

const KEPT = new Set<unknown>(['pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow'])

function appointment(booking: FhirResource, context: MappingContext): Evidence | null {
  const isWaiting = booking['status'] === 'waitlist'
  if (!isWaiting && !KEPT.has(booking['status'])) return null
  const actors = referencesIn(booking['participant'], 'actor')
  const wanted = elements(booking['requestedPeriod']).map(period)[0]
  const start = firstTime(booking['start'], wanted?.start, booking['created'])
  const end = firstTime(booking['end'], wanted?.end, start)
  return {
    kind: 'APPOINTMENT',
    odsCodes: carers(actors, booking, context),
    start,
    end: isWaiting ? null : (end ?? LONG_AGO),
  }
}

const HAPPENED = new Set<unknown>(['arrived', 'triaged', 'in-progress', 'onleave', 'finished'])

function encounter(visit: FhirResource, context: MappingContext): Evidence | null {
  if (!HAPPENED.has(visit['status'])) return null
  const kind = encounterClass(visit)
  const stretch = period(visit['period'])
  const start = stretch?.start ?? null
  const isOver = visit['status'] === 'finished'
  return {
    kind: kind === 'INPATIENT' || kind === 'DAY_CASE' ? 'ADMISSION' : 'ATTENDANCE',
    odsCodes: carers(references(visit['serviceProvider']), visit, context),
    start,
    end: stretch?.end ?? (isOver ? (start ?? LONG_AGO) : null),
  }
}

const HELD = new Set<unknown>(['waitlist', 'active', 'onhold', 'finished'])

function caseload(episode: FhirResource, context: MappingContext): Evidence | null {
  if (!HELD.has(episode['status'])) return null
  const stretch = period(episode['period'])
  const start = stretch?.start ?? null
  const isOver = episode['status'] === 'finished'
  return {
    kind: 'CASELOAD',
    odsCodes: carers(
      references(episode['managingOrganization'], episode['team']),
      episode,
      context,
    ),
    start,
    end: stretch?.end ?? (isOver ? (start ?? LONG_AGO) : null),
  }
}

/** The end of what is over without any date: no rule may take it for open. */
const LONG_AGO = '1900'

function odsCodes(sources: readonly FhirReference[], context: MappingContext): string[] {
  return present(sources.map((one) => organisationOf(one, context)?.odsCode))
}

/**
 * The organisations referred to. Where none has an ODS code, the one whose tag the resource carries;
 * where none is referred to at all, the participant's own if it is just one.
 */
function carers(
  sources: readonly FhirReference[],
  resource: FhirResource,
  context: MappingContext,
): readonly string[] {
  const named = odsCodes(sources, context)
  if (named.length > 0) return named
  const isNamed = sources.some((one) => organisationOf(one, context) !== null)
  const recorder =
    taggedOrganisation(resource, context) ?? (isNamed ? null : soleOrganisation(context))
  return present([recorder?.odsCode])
}
