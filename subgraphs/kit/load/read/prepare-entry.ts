import { hash } from 'node:crypto'
import { typesContained } from '../../fhir/contained.ts'
import { isClinical, isSupporting } from '../../fhir/map-resource.ts'
import { NHS_NUMBER } from '../../fhir/nhs-number.ts'
import { type NumberProblem, nhsNumberOf } from '../../fhir/own-number.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import { lastTurnOf } from '../../fhir/turning-points.ts'
import type { RefusalReason } from '../report.ts'
import {
  deletedIdentity,
  type Identity,
  identifierKey,
  identifiersOf,
  idOf,
  isToBeGiven,
  isTypeName,
  methodOf,
  ownIdOf,
  requestedType,
  serverOfEntry,
  type Version,
  versionOf,
} from './identity.ts'
import { originalJson } from './original-json.ts'
import type { Entry } from './read-entries.ts'
import { storedId } from './server.ts'

/** An entry with everything that the stage keeps of it. */
export interface StagedEntry extends Identity, Version {
  readonly file: string
  readonly place: string
  readonly scope: number
  /** True for a state in a history, whose newest state comes first. */
  readonly isOfHistory: boolean
  /** The key of its server; null where none is known. */
  readonly server: string | null
  readonly fullUrl: string | null
  /** The id that the resource says it has, by which others of its Bundle may refer to it. */
  readonly ownId: string | null
  /** True when its own URL names its server. */
  readonly isBased: boolean
  /** SHA-256 of the content as sent, in hexadecimal. */
  readonly digest: string
  readonly isDeletion: boolean
  /** Of a Patient: when something last began or was over by its period, up to the load. */
  readonly turnedAt: Date | null
  /** Of a Patient that has a good one. */
  readonly nhsNumber: string | null
  /** `?system|value` of business identifiers, where others may refer by them. */
  readonly identifiers: readonly string[]
  /** Types of what stands in it, each as often as it does. */
  readonly contained: readonly string[]
  /** The resource's JSON; empty for a deletion. */
  readonly json: string
  readonly resource: FhirResource | null
  /** A Patient that is refused is still staged, so that what refers to it is not given to another. */
  readonly refusal: RefusalReason | null
  /** True for what is never shared for what it says itself. */
  readonly isExcluded: boolean
}

/** What preparing an entry takes beside it. */
export interface Preparing {
  /** The key of the server whose data a load brings, for entries that do not name theirs. */
  readonly source: string | null
  /** True for a resource that is never shared for what it says itself. */
  isExcludedItself(resource: FhirResource): boolean
  /** The moment of the load: a number that has ended by then is nobody's. */
  readonly now: Date
}

/** Longer URLs and identifiers fit no index, and nobody refers to them. */
const maxKeyLength = 600

/**
 * True for a Patient whose source has taken the NHS number back: what was stored under it goes. One that
 * came without a number, or with a slip in it, says nothing about the one before.
 */
export function withdrawsNumber({ refusal }: Pick<StagedEntry, 'refusal'>): boolean {
  return refusal !== null && withdrawals.has(refusal)
}

const withdrawals: ReadonlySet<RefusalReason> = new Set([
  'NHS_NUMBER_NOT_VERIFIED',
  'NHS_NUMBER_WITHDRAWN',
  'SEVERAL_NHS_NUMBERS',
])

/** What is to be done with an entry. */
export type PreparedEntry =
  | { readonly kind: 'STAGED'; readonly entry: StagedEntry }
  | { readonly kind: 'UNSUPPORTED'; readonly resourceType: string | null }
  | {
      readonly kind: 'REFUSED'
      readonly resourceType: string | null
      readonly reason: RefusalReason
    }

/** Finds out which resource an entry tells of, and in which state; looks at nothing but the entry. */
export function prepareEntry(entry: Entry, preparing: Preparing): PreparedEntry {
  if (entry.problem !== null) return refused(null, entry.problem)
  const { content } = entry
  const method = methodOf(content)
  const resource = content.resource
  if (method === 'DELETE') return prepareDeletion(entry, preparing)
  if (method === 'GET' || method === 'HEAD' || method === 'PATCH') {
    return { kind: 'UNSUPPORTED', resourceType: requestedType(content) }
  }
  if (typeof resource !== 'object' || resource === null || Array.isArray(resource)) {
    return refused(requestedType(content), 'NOT_A_RESOURCE')
  }
  const fields = resource as Record<string, unknown>
  const type = fields['resourceType']
  if (!isTypeName(type)) return refused(null, 'NO_RESOURCE_TYPE')
  if (type !== 'Patient' && !isClinical(type) && !isSupporting(type)) {
    return { kind: 'UNSUPPORTED', resourceType: type }
  }
  const id = idOf(fields, content)
  if (id === null) return refused(type, 'INVALID_ID')
  const isAsSent = fields['id'] === id || (isToBeGiven(fields, content) && ownIdOf(fields) !== null)
  const whole = isAsSent ? fields : { ...fields, id }
  return prepareResource(entry, whole as FhirResource, { id, isAsSent, ...preparing })
}

function prepareResource(
  entry: Entry,
  content: FhirResource,
  how: Preparing & { readonly id: string; readonly isAsSent: boolean },
): PreparedEntry {
  const canonical = JSON.stringify(content)
  const site = siteOf(entry, how)
  const resource = { ...content, id: storedId(site.server, how.id) }
  const { text } = entry
  const patient = resource.resourceType === 'Patient' ? nhsNumberOf(resource, how.now) : null
  const nhsNumber = patient !== null && 'nhsNumber' in patient ? patient.nhsNumber : null
  const refusal = patient !== null && 'problem' in patient ? refusals[patient.problem] : null
  return {
    kind: 'STAGED',
    entry: {
      ...site,
      ...versionOf(resource, entry.content),
      type: resource.resourceType,
      id: resource.id,
      ownId: ownIdOf(content),
      digest: hash('sha256', canonical),
      isDeletion: false,
      turnedAt: patient === null ? null : lastTurnOf(resource, how.now),
      nhsNumber,
      identifiers: aliasesOf(resource, nhsNumber),
      json: text === null || !how.isAsSent ? canonical : originalJson(text, canonical),
      contained: typesContained(resource),
      resource,
      refusal,
      isExcluded: how.isExcludedItself(resource),
    },
  }
}

const refusals: Readonly<Record<NumberProblem, RefusalReason>> = {
  MISSING: 'NO_NHS_NUMBER',
  INVALID: 'INVALID_NHS_NUMBER',
  NOT_VERIFIED: 'NHS_NUMBER_NOT_VERIFIED',
  WITHDRAWN: 'NHS_NUMBER_WITHDRAWN',
  SEVERAL: 'SEVERAL_NHS_NUMBERS',
}

/**
 * Keys under which references without an id find a resource: its business identifiers, and a
 * Patient's own NHS number without spaces: another one that stands in it, old or unverified, may be
 * somebody else's. Nobody means a single measurement in this way.
 */
export function aliasesOf(resource: FhirResource, nhsNumber: string | null): string[] {
  const type = resource.resourceType
  if (!isSupporting(type) && !carriers.has(type)) return []
  const all = identifiersOf(resource)
  if (type !== 'Patient') return all
  const others = all.filter((key) => !key.startsWith(identifierKey(NHS_NUMBER, '')))
  return nhsNumber === null ? others : [...others, identifierKey(NHS_NUMBER, nhsNumber)]
}

const carriers = new Set(['Patient', 'Encounter', 'EpisodeOfCare', 'ServiceRequest'])

function prepareDeletion(entry: Entry, preparing: Preparing): PreparedEntry {
  const identity = deletedIdentity(entry.content)
  if (identity === null) return refused(requestedType(entry.content), 'INVALID_ID')
  const site = siteOf(entry, preparing)
  return {
    kind: 'STAGED',
    entry: {
      ...site,
      type: identity.type,
      id: storedId(site.server, identity.id),
      ownId: null,
      ...versionOf(null, entry.content),
      digest: '',
      isDeletion: true,
      turnedAt: null,
      nhsNumber: null,
      identifiers: [],
      json: '',
      contained: [],
      resource: null,
      refusal: null,
      isExcluded: false,
    },
  }
}

/** Where an entry stands, and whose it is: by its own URL, as the load says, or as its Bundle says. */
function siteOf(entry: Entry, { source }: Preparing) {
  const { fullUrl } = entry.content
  const ownServer = serverOfEntry(entry.content)
  return {
    server: ownServer ?? source ?? entry.sender,
    isBased: ownServer !== null,
    file: entry.file,
    place: entry.place,
    isOfHistory: entry.isOfHistory,
    scope: entry.scope,
    fullUrl: typeof fullUrl === 'string' && fullUrl.length <= maxKeyLength ? fullUrl : null,
  }
}

function refused(resourceType: string | null, reason: RefusalReason): PreparedEntry {
  return { kind: 'REFUSED', resourceType, reason }
}
