import { roleGroupOf } from '../../access/roles.ts'
import { type Section, sections } from '../../access/sections.ts'
import type { AccessEvent, AuditedUser } from '../entries.ts'
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
}

/** What an event does not say by itself. */
export interface DescribedWith {
  readonly includeStaffNames: boolean
  /** The reason of each emergency claim, in the schema's `EmergencyReasonCode`, by its id. */
  readonly claimReasons: ReadonlyMap<string, string>
}

/** Says in plain words who did what, and why or why not. */
export function describeEvent(event: AccessEvent, given: DescribedWith): Description {
  return {
    who: capitalised(who(event, given.includeStaffNames)),
    what: what(event),
    why: event.refusal === null ? why(event, given) : whyNot(event.refusal),
  }
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

function what(event: AccessEvent): string {
  const { action, category, refusal, deniedFields } = event
  const [done, tried] = wordsOf(actionWords, action) ?? wordsOf(actionWords, category) ?? ['', '']
  if (refusal !== null) return `${tried} ${otherWords.andRefused}.`
  const hidden =
    category === 'RECORD' && deniedFields.length > 0 ? ` ${otherWords.partsHidden}` : ''
  return `${done}${details(event)}.${hidden}`
}

function details({ category, sections: asked, facts }: AccessEvent): string {
  if (category === 'RECORD' && asked.length > 0) return `: ${sectionsInWords(asked)}`
  if (category !== 'SEARCH') return ''
  const by = Object.keys(searchWords).filter((name) => (facts?.[name] ?? null) !== null)
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
