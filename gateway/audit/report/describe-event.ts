import { roleGroupOf } from '../../access/roles.ts'
import { type Section, sections } from '../../access/sections.ts'
import type { AccessEvent, AuditedUser } from '../entries.ts'
import type { FoundEvent } from '../reading/find-events.ts'
import {
  actionWords,
  claimWords,
  groundsWords,
  otherWords,
  purposeWords,
  refusalWords,
  roleGroupWords,
  roleWords,
  searchWords,
  sectionWords,
  taskWords,
} from './words.ts'

/** One access or refusal in words for the patient. */
export interface Description {
  readonly who: string
  readonly what: string
  readonly why: string
  readonly wasRefused: boolean
}

/** What an event does not say by itself. */
export interface DescribedWith {
  readonly includeStaffNames: boolean
  /** The reason of each emergency claim, in the schema's `EmergencyReasonCode`, by its id. */
  readonly claimReasons: ReadonlyMap<string, string>
}

/** Says in plain words who did what, and why or why not. */
export function describeEvent(
  { event, outcome }: Pick<FoundEvent, 'event' | 'outcome'>,
  given: DescribedWith,
): Description {
  const refusal = event.refusal ?? refusedLater(event, outcome)
  return {
    who: capitalised(who(event, given.includeStaffNames)),
    what: refusal === null ? done(event) : `${wordsOfAction(event)[1]} ${otherWords.andRefused}.`,
    why: refusal === null ? why(event, given) : whyNot(refusal),
    wasRefused: refusal !== null,
  }
}

/**
 * What is done with objections, claims and the trail can be refused when it is done, after the event
 * was written. An error in an answer about a record is of a part of it: the rest was shown.
 */
function refusedLater({ category }: AccessEvent, outcome: FoundEvent['outcome']): string | null {
  return category === 'RECORD' ? null : (outcome?.errors[0] ?? null)
}

function who({ user, action }: AccessEvent, includeStaffNames: boolean): string {
  if (!user) return action.startsWith('lcr ') ? otherWords.reportTeam : otherWords.nobody
  const organisation = user.organisationName ?? otherWords.unknownOrganisation
  const name = includeStaffNames ? `${user.name}, ` : ''
  return `${name}${role(user)} at ${organisation}`
}

function role({ roleCode }: AuditedUser): string {
  const group = roleGroupOf(roleCode)
  return wordsOf(roleWords, roleCode) ?? wordsOf(roleGroupWords, group) ?? otherWords.role
}

function done(event: AccessEvent): string {
  const { category, deniedFields } = event
  const isPartial = category === 'RECORD' && deniedFields.length > 0
  const hidden = isPartial ? ` ${otherWords.partsHidden}` : ''
  return `${wordsOfAction(event)[0]}${details(event)}.${hidden}`
}

function wordsOfAction({ action, category }: AccessEvent): readonly [done: string, tried: string] {
  return wordsOf(actionWords, action) ?? wordsOf(actionWords, category) ?? otherWords.action
}

function details({ category, sections: asked, facts, requestedNhsNumber }: AccessEvent): string {
  if (category === 'RECORD' && asked.length > 0) return `: ${sectionsInWords(asked)}`
  if (category !== 'SEARCH') return ''
  const said = { ...facts, nhsNumber: requestedNhsNumber }
  const by = Object.keys(searchWords).filter(
    (name) => (wordsOf<unknown>(said, name) ?? null) !== null,
  )
  return by.length > 0 ? ` by ${inWords(by.map((name) => `your ${searchWords[name]}`))}` : ''
}

function sectionsInWords(asked: readonly string[]): string {
  if (sections.every((section) => asked.includes(section))) return otherWords.wholeRecord
  const known = sections.filter((section) => asked.includes(section))
  const isOther = asked.some((name) => !sections.includes(name as Section))
  const words = known.map((section) => sectionWords[section])
  return inWords(isOther ? [...words, otherWords.section] : words)
}

function why(event: AccessEvent, { claimReasons }: DescribedWith): string {
  const { category, purpose, grounds } = event
  const claim = claimOf(event)
  if (claim !== null) return emergency(claimReasons.get(claim))
  if (category === 'EMERGENCY_ACCESS') return emergency(claimedReason(event))
  const task = wordsOf(taskWords, category)
  if (task !== undefined) return task
  const known = grounds && (wordsOf(groundsWords, grounds.kind) ?? otherWords.unknownGrounds)
  return [wordsOf(purposeWords, purpose), known].filter(Boolean).join(' ')
}

/** What a claim gave as its reason: the argument of `claimEmergencyAccess`. */
function claimedReason({ facts }: AccessEvent): string | undefined {
  const { reason } = (facts?.['reason'] ?? {}) as { readonly reason?: unknown }
  return typeof reason === 'string' ? reason : undefined
}

function emergency(reason: string | undefined): string {
  const because = wordsOf(claimWords, reason)
  return because === undefined
    ? `${otherWords.emergency}.`
    : `${otherWords.emergency}, because ${because}.`
}

/** The id of the emergency claim that an access rested on; null without one. */
export function claimOf({ grounds }: Pick<AccessEvent, 'grounds'>): string | null {
  return grounds?.kind === 'EMERGENCY_CLAIM' ? grounds.evidence : null
}

function whyNot(refusal: string): string {
  return wordsOf(refusalWords, refusal) ?? otherWords.unknownRefusal
}

/** What the trail says is looked up by its own name only. */
function wordsOf<Words>(
  table: Readonly<Record<string, Words>>,
  name: string | null | undefined,
): Words | undefined {
  return name != null && Object.hasOwn(table, name) ? table[name] : undefined
}

function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
