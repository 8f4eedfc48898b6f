/** The sections that are asked for: long lists, short lists, and statements that there is nothing. */
const SECTIONS = ['allergies', 'medications', 'diagnoses', 'testResults', 'encounters'] as const

/** A whole record, of which nothing is lost on a page. */
export const RECORD = `query Record($nhsNumber: ID!) { patient(nhsNumber: $nhsNumber) {
  name { text }
  ${SECTIONS.map(
    (section) => `${section}(first: 500) {
      status isComplete missingSources
      nodes { code { display } provenance { participant recordedAt } }
    }`,
  ).join('\n')}
  sources { participant { code } outcome latencyMs }
} }`

/** An answer to RECORD, as it came. */
export interface RecordAnswer {
  readonly status: number
  readonly text: string
  /** From the request's first byte to the answer's last, in milliseconds. */
  readonly tookMs: number
  readonly body: {
    readonly data?: { readonly patient: Patient | null }
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
  }
}

interface Patient extends Record<(typeof SECTIONS)[number], Section> {
  readonly sources: readonly {
    readonly participant: { readonly code: string }
    readonly outcome: string
    readonly latencyMs: number | null
  }[]
}

interface Section {
  readonly status: string
  readonly isComplete: boolean
  readonly missingSources: readonly string[]
  readonly nodes: readonly {
    readonly code: unknown
    readonly provenance: readonly { readonly participant: string; readonly recordedAt: string }[]
  }[]
}

/** What the faults put in, and what no client may ever see. */
const LEAKS = /SOAKLEAK|127\.0\.0\.1|https?:|ECONN|select /

/**
 * What is wrong with an answer: everything that is not as in the whole one, unless it is missing and
 * said to be.
 *
 * @param mayFail true for a source that has had a fault of late; any other must be there
 */
export function problemsOf(
  answer: RecordAnswer,
  whole: RecordAnswer,
  mayFail: (code: string) => boolean,
): string[] {
  if (LEAKS.test(answer.text)) return ['words of a source']
  const [patient, before] = [answer.body.data?.patient, whole.body.data?.patient]
  if (answer.status !== 200 || !patient || !before) return [`status ${answer.status}`]
  const problems: string[] = []
  const gone = patient.sources.filter(({ outcome }, place) => {
    return outcome !== before.sources[place]?.outcome
  })
  for (const { participant, outcome } of gone) {
    if (!mayFail(participant.code)) problems.push(`${outcome} without a fault`)
  }
  const codes = gone.map(({ participant }) => participant.code)
  for (const section of SECTIONS) {
    problems.push(...problemsOfSection(section, patient[section], before[section], codes))
  }
  return problems
}

function problemsOfSection(
  name: string,
  shown: Section,
  before: Section,
  gone: readonly string[],
): string[] {
  const missing = shown.missingSources
  const problems: string[] = []
  if (missing.some((code) => !gone.includes(code)))
    problems.push(`${name}: missing, not in sources`)
  if (shown.isComplete !== (missing.length === 0)) problems.push(`${name}: isComplete is wrong`)
  if (missing.length > 0 && shown.nodes.length === 0 && shown.status !== 'UNKNOWN') {
    if (shown.status === 'NOTHING_RECORDED') problems.push(`${name}: concluded from nothing`)
  }
  const expected = recordings(before).filter(([code]) => !missing.includes(code))
  if (JSON.stringify(recordings(shown)) !== JSON.stringify(expected)) {
    problems.push(`${name}: other entries`)
  }
  return problems
}

/** Who recorded what and when, sorted: one for each source of each entry. */
function recordings({ nodes }: Section): [code: string, recordedAt: string, what: string][] {
  const all = nodes.flatMap(({ code, provenance }) =>
    provenance.map((own): [string, string, string] => [
      own.participant,
      own.recordedAt,
      JSON.stringify(code),
    ]),
  )
  return all.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}

/** How many sources gave a record. */
export function countSources(answer: RecordAnswer | undefined): number {
  const sources = answer?.body.data?.patient?.sources ?? []
  return sources.filter(({ outcome }) => outcome === 'ANSWERED').length
}

/** How long the slowest source took, in milliseconds; null when one did not answer. */
export function slowestSource({ body }: RecordAnswer): number | null {
  const sources = body.data?.patient?.sources ?? []
  const asked = sources.filter(({ latencyMs }) => latencyMs !== null)
  if (asked.length === 0 || asked.some(({ outcome }) => outcome !== 'ANSWERED')) return null
  return Math.max(...asked.map(({ latencyMs }) => latencyMs ?? 0))
}
