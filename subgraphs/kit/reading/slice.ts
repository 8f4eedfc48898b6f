import type { Position } from '../position.ts'
import { readAfter, readFirst, readStretch, readWords } from './arguments.ts'

/** A record as it is asked for. */
export interface RecordKey {
  readonly nhsNumber: string
  /** The one server of the participant whose record it is; null for what all of them hold. */
  readonly server: string | null
}

/** What is asked of one section of one patient's record. */
export interface Slice extends RecordKey {
  /** The contract's field: `allergies`, `testResults`, … */
  readonly section: string
  /** At most this many entries; null for all. */
  readonly first: number | null
  readonly after: Position | null
  /** Inclusive. What is dated by a day, month or year is in when any moment of it is. */
  readonly since: Date | null
  /** Exclusive, of when an entry begins. Entries without a time count as older than any moment, as they do in the order. */
  readonly until: Date | null
  readonly codes: readonly string[] | null
  /** Null: all but ENTERED_IN_ERROR. */
  readonly status: readonly string[] | null
}

/** A section's arguments as GraphQL hands them over. */
export interface SectionArguments {
  readonly first?: unknown
  readonly after?: unknown
  readonly since?: unknown
  readonly until?: unknown
  readonly codes?: unknown
  readonly status?: unknown
}

/** A section's name and how many entries it answers with when not told. */
export interface Section {
  readonly name: string
  /** Null: all of them, because a list cut short would be read as complete. */
  readonly defaultFirst: number | null
}

/**
 * Reads a section's arguments.
 *
 * @throws BAD_USER_INPUT, naming the argument, when one cannot be used
 */
export function toSlice(
  { nhsNumber, server }: RecordKey,
  section: Section,
  args: SectionArguments,
): Slice {
  return {
    nhsNumber,
    server,
    section: section.name,
    first: readFirst(args.first, section.defaultFirst),
    after: readAfter(args.after),
    ...readStretch(args),
    codes: readWords('codes', args.codes),
    status: readWords('status', args.status),
  }
}
