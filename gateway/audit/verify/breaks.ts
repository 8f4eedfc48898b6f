/** A place where the trail is not what was written, in a sentence that holds nothing of a body. */
export interface Break {
  /** Null for what belongs to no chain. */
  readonly writer: string | null
  /** Null for what is wrong with a chain as a whole. */
  readonly sequence: number | null
  /** ISO 8601: of the entry that shows it, as that entry says; null where none is left. */
  readonly recordedAt: string | null
  readonly problem: string
}

/** The first break of a chain. */
export interface ChainBreak extends Break {
  /** How many more there are in the same chain, most often in consequence. */
  readonly following: number
}

/** The breaks that were found: of each chain the first one, and how many more. */
export class Breaks {
  readonly #found = new Map<string | null, { first: Break; count: number }>()

  add(found: Break): void {
    const known = this.#found.get(found.writer)
    if (!known) this.#found.set(found.writer, { first: found, count: 1 })
    else {
      known.count += 1
      if (placeOf(found) < placeOf(known.first)) known.first = found
    }
  }

  /** In the order of the chains, which is that of their beginnings. */
  list(): ChainBreak[] {
    return [...this.#found.values()]
      .map(({ first, count }) => ({ ...first, following: count - 1 }))
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  }
}

function placeOf({ sequence }: Break): number {
  return sequence ?? Number.POSITIVE_INFINITY
}

/** What belongs to no chain comes last. */
function nameOf({ writer }: Break): string {
  return writer ?? '\uffff'
}
