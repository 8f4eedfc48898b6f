import { isMissedContent } from '../fhir/clinical-content.ts'
import { NO_TYPE } from '../fhir/contained.ts'
import { isClinical, isSupporting } from '../fhir/map-resource.ts'
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
  CONTAINED_ELSEWHERE:
    'is contained in a resource and not known to be about the same patient; send it as a resource of its own',
  CONTAINED_CONSENT:
    'a Consent within another resource is not seen; send it as a resource of its own',
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
  /** The same for what stands in other entries, as `contained`: none of it is among `entries`. */
  readonly contained: readonly TypeCount[]
  /** Of both: what may say something of a patient's health, is of a type that is not mapped, and is not shown. */
  readonly notMapped: readonly { readonly resourceType: string; readonly entries: number }[]
  /** Entries of sections that the participant shares of nobody: they are stored, and not shown. */
  readonly notShared: readonly { readonly section: string; readonly entries: number }[]
  /** In the order in which they were found; at most `maxRefusals` of them. */
  readonly refusals: readonly Refusal[]
  /** How many of each reason, including those not listed. */
  readonly refusalCounts: Readonly<Partial<Record<RefusalReason, number>>>
  /** What should be known of entries that were not refused. */
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
  readonly #counts: Counts = new Map()
  readonly #contained: Counts = new Map()
  readonly #refusals: Refusal[] = []
  readonly #reasons: Partial<Record<RefusalReason, number>> = {}
  readonly #skippedFiles: string[] = []
  readonly #isNotShared: ReadonlySet<string>
  readonly #notShared = new Map<string, number>()
  readonly patients = new Set<string>()
  readonly notices = new NoticeTally()

  /** @param notShared sections that the participant shares of nobody */
  constructor(notShared: readonly string[] = []) {
    this.#isNotShared = new Set(notShared)
  }

  /** Counts an entry's section where it is shown to nobody. */
  countSection(section: string): void {
    if (!this.#isNotShared.has(section)) return
    this.#notShared.set(section, (this.#notShared.get(section) ?? 0) + 1)
  }

  count(outcome: Outcome, resourceType: string | null, entries = 1): void {
    rowOf(this.#counts, resourceType)[outcome] += entries
  }

  /** Counts what stands in an entry, and shares its fate unless its type is not mapped. */
  countContained(outcome: Outcome, resourceType: string, entries = 1): void {
    const isKept = isClinical(resourceType) || isSupporting(resourceType)
    const own = isKept || outcome === 'refused' ? outcome : 'unsupported'
    rowOf(this.#contained, resourceType === NO_TYPE ? null : resourceType)[own] += entries
  }

  /** @param contained types of what stands in the entry */
  refuse(refusal: Refusal, contained: readonly string[] = []): void {
    this.count('refused', refusal.resourceType)
    for (const type of contained) this.countContained('refused', type)
    this.#note(refusal)
  }

  /** Refuses what stands in an entry that is taken in. */
  refuseContained(refusal: Refusal & { readonly resourceType: string }): void {
    this.countContained('refused', refusal.resourceType)
    this.#note(refusal)
  }

  #note(refusal: Refusal): void {
    this.#reasons[refusal.reason] = (this.#reasons[refusal.reason] ?? 0) + 1
    if (this.#refusals.length < maxRefusals) this.#refusals.push(refusal)
  }

  skip(file: string): void {
    this.#skippedFiles.push(file)
  }

  report(participant: string): LoadReport {
    const counts = sorted(this.#counts)
    const contained = sorted(this.#contained)
    return {
      participant,
      entries: counts.reduce(
        (sum, row) => sum + row.loaded + row.unchanged + row.unsupported + row.refused,
        0,
      ),
      counts,
      contained,
      notMapped: notMappedIn([...counts, ...contained]),
      notShared: [...this.#notShared].map(([section, entries]) => ({ section, entries })),
      refusals: this.#refusals,
      refusalCounts: this.#reasons,
      notices: this.notices.list(),
      skippedFiles: this.#skippedFiles,
      patientsChanged: this.patients.size,
    }
  }
}

type Counts = Map<string | null, TypeCount>

function rowOf(counts: Counts, resourceType: string | null): TypeCount {
  const row = counts.get(resourceType) ?? {
    resourceType,
    loaded: 0,
    unchanged: 0,
    unsupported: 0,
    refused: 0,
  }
  counts.set(resourceType, row)
  return row
}

function sorted(counts: Counts): TypeCount[] {
  return [...counts.values()].sort((a, b) =>
    (a.resourceType ?? '') < (b.resourceType ?? '') ? -1 : 1,
  )
}

function notMappedIn(counts: readonly TypeCount[]): LoadReport['notMapped'] {
  const missed = new Map<string, number>()
  for (const { resourceType, unsupported } of counts) {
    if (resourceType === null || unsupported === 0 || !isMissedContent(resourceType)) continue
    missed.set(resourceType, (missed.get(resourceType) ?? 0) + unsupported)
  }
  return [...missed].map(([resourceType, entries]) => ({ resourceType, entries }))
}
