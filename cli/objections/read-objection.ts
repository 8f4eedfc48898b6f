import { isPastDay } from '../../gateway/governance/day.ts'
import type { EarlierObjection } from '../../gateway/governance/objections/import-objections.ts'
import { toNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'
import type { LineProblem } from '../csv/read-rows.ts'

/** The columns of the file, all of which its first line must name. */
export const columns = [
  'nhs_number',
  'received_on',
  'source',
  'status',
  'decided_on',
  'reason',
] as const

export type Column = (typeof columns)[number]

const DAY = 'it must be a day like 2024-03-31, not in the future'

const states = {
  received: 'RECEIVED',
  'under-review': 'UNDER_REVIEW',
  upheld: 'UPHELD',
  'not-upheld': 'NOT_UPHELD',
  withdrawn: 'WITHDRAWN',
} as const

const reasons = {
  'public-interest': 'PUBLIC_INTEREST',
  safeguarding: 'SAFEGUARDING',
  'risk-of-harm': 'RISK_OF_HARM',
} as const

/** Reads one row; or says everything that is wrong with it. */
export function readObjection(
  fields: Readonly<Record<Column, string>>,
  now: Date,
): EarlierObjection | readonly LineProblem<Column>[] {
  const problems: LineProblem<Column>[] = []
  const read = <Value>(
    column: Column,
    parse: (written: string) => Value | Problem,
  ): Value | null => {
    const value = parse(fields[column])
    if (!(value instanceof Problem)) return value
    problems.push({ column, problem: value.text })
    return null
  }
  const nhsNumber = read('nhs_number', readNumber)
  const receivedOn = read('received_on', (day) => readDay(day, now))
  const source = read('source', readSource)
  const state = read('status', (written) => choose(written, states))
  const decidedOn = read('decided_on', (day) => readDecision(day, { state, receivedOn, now }))
  const reason = read('reason', (written) => readReason(written, state))
  if (problems.length > 0 || !nhsNumber || !receivedOn || !source || !state) return problems
  return { nhsNumber, source, receivedOn, state, decidedOn, reason }
}

class Problem {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

function readNumber(written: string): string | Problem {
  return (
    toNhsNumber(written) ?? new Problem('it is no NHS number: ten digits, the last one a check')
  )
}

function readDay(written: string, now: Date): string | Problem {
  return isPastDay(written, now) ? written : new Problem(DAY)
}

/** Words that name a scheme, as people write them. */
function readSource(written: string): EarlierObjection['source'] | Problem {
  const letters = written.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (letters === 'connectcare') return 'CONNECT_CARE'
  if (letters === 'localcarerecord') return 'LOCAL_CARE_RECORD'
  if (/summarycarerecord|^scr/.test(letters)) {
    return new Problem(
      'a Summary Care Record opt-out does not carry over: it is about another record. Ask the patient',
    )
  }
  if (/nationaldata|^ndoo|^type2/.test(letters)) {
    return new Problem(
      'the national data opt-out does not carry over: it does not apply to direct care',
    )
  }
  return new Problem('it must be connectcare or local-care-record')
}

function readDecision(
  written: string,
  objection: {
    readonly state: EarlierObjection['state'] | null
    readonly receivedOn: string | null
    readonly now: Date
  },
): string | null | Problem {
  const { state, receivedOn, now } = objection
  if (written === '') {
    const isDecided = state === 'UPHELD' || state === 'NOT_UPHELD'
    return isDecided ? new Problem('it is missing: the objection was decided') : null
  }
  if (state === 'RECEIVED' || state === 'UNDER_REVIEW') {
    return new Problem('it must be empty: the objection is not decided')
  }
  if (!isPastDay(written, now)) return new Problem(DAY)
  return receivedOn !== null && written < receivedOn
    ? new Problem('it must not be before received_on')
    : written
}

function readReason(
  written: string,
  state: EarlierObjection['state'] | null,
): EarlierObjection['reason'] | Problem {
  if (state === 'NOT_UPHELD') return choose(written, reasons)
  if (written === '' || state === null) return null
  return new Problem('it must be empty: only what is not upheld has one')
}

function choose<Word extends string>(
  written: string,
  words: Readonly<Record<string, Word>>,
): Word | Problem {
  const word = written.toLowerCase().replace(/[\s_]+/g, '-')
  const chosen = Object.hasOwn(words, word) ? words[word] : undefined
  return chosen ?? new Problem(`it must be one of ${Object.keys(words).join(', ')}`)
}
