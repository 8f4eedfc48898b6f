import { type Notice, NoticeTally } from './notices.ts'

/** Why an entry was refused: a stable code, and what it means to the one who sent the data. */
export const refusalReasons = {
  UNREADABLE_FILE: 'the file cannot be read to its end',
  NOT_UTF8:
    'the file is not UTF-8 from this byte on, and nothing of it is taken in; write it as UTF-8, with or without a byte order mark',
  BROKEN_JSON: 'not JSON, or its brackets do not match',
  TRUNCATED: 'the input ends in the middle',
  TOO_LARGE: 'one resource of more than 16 MiB',
  NOT_A_RESOURCE: 'holds no FHIR resource',
  NO_RESOURCE_TYPE: 'the resource does not say what it is',
  INVALID_ID:
    'the id is longer than 255 characters or holds spaces, slashes, bars or control characters',
  SAME_ID:
    'another resource bears this id; send the fullUrl of its server, or load each system with a --source of its own',
  NO_NHS_NUMBER: 'the patient has no NHS number',
  INVALID_NHS_NUMBER: "the patient's NHS number fails its check digit",
  NHS_NUMBER_NOT_VERIFIED: "the patient's NHS number is not verified, as its source says",
  NHS_NUMBER_WITHDRAWN:
    'every NHS number of the patient is old, temporary or not in its period of use',
  SEVERAL_NHS_NUMBERS: 'the patient has two NHS numbers that are both in use',
  DIFFERENT_PATIENT:
    'this id belongs to another patient; if two systems use it, send the fullUrl of its server, or load each system with a --source of its own',
  NO_PATIENT: 'the resource names no patient',
  UNKNOWN_PATIENT: 'the patient that it names was not loaded, now or earlier',
  NOT_MAPPABLE: 'the resource contradicts FHIR R4 so far that it cannot be understood',
  NOT_STORABLE: 'the database cannot hold a value of it',
} as const

export type RefusalReason = keyof typeof refusalReasons

/** An entry that was not taken in. It names the place, never the patient. */
export interface Refusal {
  readonly file: string
  /** `entry[3]`, `line 5`, `line 5, entry[3]`; empty for the whole file. */
  readonly place: string
  /** Null where the entry does not say. */
  readonly resourceType: string | null
  readonly reason: RefusalReason
}

export type Outcome = 'loaded' | 'unchanged' | 'unsupported' | 'refused'

/** How many entries of one resource type ended how. */
export interface TypeCount extends Record<Outcome, number> {
  /** Null for entries that do not say. */
  readonly resourceType: string | null
}

/** What became of a load: every entry is counted once. */
export interface LoadReport {
  readonly participant: string
  /** All entries that came in: the sum of `counts`. */
  readonly entries: number
  /** By resource type, in alphabetical order. */
  readonly counts: readonly TypeCount[]
  /** In the order in which they were found; at most `maxRefusals` of them. */
  readonly refusals: readonly Refusal[]
  /** How many of each reason, including those not listed. */
  readonly refusalCounts: Readonly<Partial<Record<RefusalReason, number>>>
  /** What should be known of entries that were taken in. */
  readonly notices: readonly Notice[]
  /** Files that were passed over because of their names. */
  readonly skippedFiles: readonly string[]
  /** Patients of whose record something changed. */
  readonly patientsChanged: number
}

/** So many refusals are listed; beyond it they are only counted, so that memory stays bounded. */
const maxRefusals = 100_000

/** Gathers what becomes of each entry. */
export class LoadTally {
  readonly #counts = new Map<string | null, TypeCount>()
  readonly #refusals: Refusal[] = []
  readonly #reasons: Partial<Record<RefusalReason, number>> = {}
  readonly #skippedFiles: string[] = []
  readonly patients = new Set<string>()
  readonly notices = new NoticeTally()

  count(outcome: Outcome, resourceType: string | null, entries = 1): void {
    let row = this.#counts.get(resourceType)
    if (row === undefined) {
      row = { resourceType, loaded: 0, unchanged: 0, unsupported: 0, refused: 0 }
      this.#counts.set(resourceType, row)
    }
    row[outcome] += entries
  }

  refuse(refusal: Refusal): void {
    this.count('refused', refusal.resourceType)
    this.#reasons[refusal.reason] = (this.#reasons[refusal.reason] ?? 0) + 1
    if (this.#refusals.length < maxRefusals) this.#refusals.push(refusal)
  }

  skip(file: string): void {
    this.#skippedFiles.push(file)
  }

  report(participant: string): LoadReport {
    const counts = [...this.#counts.values()].sort((a, b) =>
      (a.resourceType ?? '') < (b.resourceType ?? '') ? -1 : 1,
    )
    return {
      participant,
      entries: counts.reduce(
        (sum, row) => sum + row.loaded + row.unchanged + row.unsupported + row.refused,
        0,
      ),
      counts,
      refusals: this.#refusals,
      refusalCounts: this.#reasons,
      notices: this.notices.list(),
      skippedFiles: this.#skippedFiles,
      patientsChanged: this.patients.size,
    }
  }
}
