import type { MergedPage } from '../entries.ts'
import { STATED_KEY, STATUS_KEY, VERIFICATION_KEY } from '../names.ts'
import { type Entry, isObject, type SectionSource } from '../section-source.ts'
import type { TestifiedEntry, Testimony } from './conflict.ts'

/**
 * What each source says in a section. Nothing that is never shared takes part: not an entry that the
 * screen marked, nor one that was joined with it.
 */
export function readTestimonies(section: {
  readonly sources: readonly SectionSource[]
  /** What sources recorded by mistake. */
  readonly retracted: readonly SectionSource[]
  readonly page: MergedPage
  /** The page is the first one, and nothing filters it. */
  readonly isFirst: boolean
  nameOf(participant: string): string
}): Testimony[] {
  const { sources, retracted, page, isFirst, nameOf } = section
  const here = new Set(page.entries.flatMap(({ members }) => members))
  const shown = new Set(
    page.entries
      .filter(({ members }) => !members.some(({ isExcluded }) => isExcluded))
      .flatMap(({ members }) => members),
  )
  return sources.map(({ participant, connection, entries, hasMore }) => {
    const name = nameOf(participant)
    const stated = connection[STATED_KEY]
    return {
      participant,
      name,
      statesNone: Array.isArray(stated) && stated.length > 0,
      hasEntries: connection[STATUS_KEY] === 'HAS_ENTRIES',
      isWhole: isFirst && !hasMore && entries.every((entry) => here.has(entry)),
      shown: entries.filter((entry) => shown.has(entry)).map((entry) => testified(entry, name)),
      retracted: retracted
        .filter((one) => one.participant === participant)
        .flatMap((one) => one.entries.filter(({ isExcluded }) => !isExcluded))
        .map((entry) => ({ ...testified(entry, name), status: 'ENTERED_IN_ERROR' })),
    }
  })
}

function testified({ participant, id, key, known }: Entry, name: string): TestifiedEntry {
  return {
    participant,
    name,
    id,
    key,
    status: wordOf(known[STATUS_KEY]) ?? 'UNKNOWN',
    verification: wordOf(known[VERIFICATION_KEY]),
    substances: codesOf(known['substance']),
    categories: categoriesOf(known['categories']),
  }
}

/** One of the contract's words: nothing else may get into the text. */
function wordOf(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Z_]+$/.test(value) ? value : null
}

function categoriesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((one) => wordOf(one) ?? []) : []
}

function codesOf(concept: unknown): string[] {
  const codings: unknown = isObject(concept) ? concept['codings'] : null
  return (Array.isArray(codings) ? codings : []).flatMap((coding: unknown) => {
    if (!isObject(coding)) return []
    const { system, code } = coding as { system?: unknown; code?: unknown }
    return typeof system === 'string' && typeof code === 'string' ? [`${system}|${code}`] : []
  })
}
