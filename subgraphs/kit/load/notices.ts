/** What whoever sent the data should know of an entry that was not refused: a stable code, and what it means. */
export const noticeKinds = {
  NOT_UNDERSTOOD:
    'kept and not shown, and where it is missing that is said: it holds something that changes its meaning and is not known here',
  UNREADABLE_DATE:
    'a date that is none of FHIR: it orders nothing, and is shown as it is written, as a note',
  DELETED_BEFORE:
    'not taken in again: it was deleted, and nothing says that this is newer; to bring it back, send it with a later meta.versionId or meta.lastUpdated',
} as const

export type NoticeKind = keyof typeof noticeKinds

/** Something noticed in an entry, with the element where it is in one. */
export interface Noticed {
  readonly kind: NoticeKind
  readonly element: string | null
}

/** How often it was noticed in entries of one type. It names no entry and no patient. */
export interface Notice extends Noticed {
  readonly resourceType: string
  readonly entries: number
}

/** Counts what is noticed. */
export class NoticeTally {
  readonly #notices = new Map<string, Notice>()

  add(resourceType: string, noticed: readonly Noticed[], count = 1): void {
    for (const { kind, element } of noticed) {
      const key = `${kind} ${resourceType} ${element ?? ''}`
      const entries = (this.#notices.get(key)?.entries ?? 0) + count
      this.#notices.set(key, { kind, element, resourceType, entries })
    }
  }

  /** By kind, type and element, in alphabetical order. */
  list(): Notice[] {
    const sorted = [...this.#notices].sort(([one], [other]) => (one < other ? -1 : 1))
    return sorted.map(([, notice]) => notice)
  }
}
