/** What sort of contradiction between sources there is; the contract's `ConflictKind`. */
export type ConflictKind =
  | 'NONE_KNOWN_BUT_RECORDED'
  | 'STATES_DIFFER'
  | 'RECORDED_DIFFERENTLY'
  | 'CONFIRMED_AND_REFUTED'

/** A contradiction between sources: the contract's `Conflict`. */
export interface Conflict {
  readonly kind: ConflictKind
  readonly text: string
  /** Codes, sorted. */
  readonly participants: readonly string[]
  /** Ids. */
  readonly entries: readonly string[]
}

/** What one source says in one section, as far as contradictions are looked for in it. */
export interface Testimony {
  readonly participant: string
  /** The participant's name, for the reader. */
  readonly name: string
  /** It states that the patient has none. */
  readonly statesNone: boolean
  /** It has entries, whether or not they are in this answer. */
  readonly hasEntries: boolean
  /** Every entry that it has is in this answer. */
  readonly isWhole: boolean
  /** Those of its entries that are shown in this answer, in order. */
  readonly shown: readonly TestifiedEntry[]
  /** Those that it has recorded by mistake; no list shows them. */
  readonly retracted: readonly TestifiedEntry[]
}

/** What one source says of one entry. */
export interface TestifiedEntry {
  readonly participant: string
  readonly name: string
  readonly id: string
  /** Its sort key: equal for equal business identifiers. */
  readonly key: string
  /** The section's own word, `UNKNOWN` where there is none. */
  readonly status: string
  /** How sure it is; null where the section does not tell. */
  readonly verification: string | null
  /** The codes of the substance, where it is about one: system and code. */
  readonly substances: readonly string[]
  /** The sorts of allergen that it is about, where it is about one. */
  readonly categories: readonly string[]
}

/** Makes a conflict out of those who take part in it. */
export function conflictOf(
  kind: ConflictKind,
  text: string,
  between: {
    readonly sources: readonly { readonly participant: string }[]
    readonly entries: readonly { readonly id: string }[]
  },
): Conflict {
  return {
    kind,
    text,
    participants: [...new Set(between.sources.map(({ participant }) => participant))].sort(),
    entries: [...new Set(between.entries.map(({ id }) => id))],
  }
}

/** True where each source says one thing: of a source that says two it is open which is meant. */
export function isSaidOnceEach(entries: readonly TestifiedEntry[]): boolean {
  return new Set(entries.map(({ participant }) => participant)).size === entries.length
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** The names of sources as a sentence has them, each once: `A, B and C`. */
export function namesOf(sources: readonly { readonly name: string }[]): string {
  return LIST.format(new Set(sources.map(({ name }) => name)))
}
