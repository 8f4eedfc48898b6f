import type { BroughtRelationship } from '../../subgraphs/index/relationships/bring-relationships.ts'
import { toNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'
import { dateTime, toInstant, toLastInstant } from '../../subgraphs/kit/fhir/time.ts'
import type { RelationshipKind } from '../../subgraphs/kit/store/tables.ts'
import type { LineProblem } from '../csv/read-rows.ts'

/** The columns of the file, all of which its first line must name. */
export const columns = ['nhs_number', 'ods_code', 'kind', 'start', 'end', 'referrer'] as const

type Column = (typeof columns)[number]

const kinds: ReadonlyMap<string, RelationshipKind> = new Map([
  ['gp-registration', 'GP_REGISTRATION'],
  ['referral', 'REFERRAL'],
  ['appointment', 'APPOINTMENT'],
  ['attendance', 'ATTENDANCE'],
  ['admission', 'ADMISSION'],
  ['caseload', 'CASELOAD'],
])

const ODS_CODE = /^[A-Z0-9]{3,12}$/

/**
 * Reads one row; or says everything that is wrong with it.
 *
 * @param odsCodes of the participant's organisations
 */
export function readRelationship(
  fields: Readonly<Record<Column, string>>,
  odsCodes: ReadonlySet<string>,
): Omit<BroughtRelationship, 'line'> | readonly LineProblem<Column>[] {
  const nhsNumber = toNhsNumber(fields.nhs_number)
  const odsCode = fields.ods_code.toUpperCase()
  const kind = kinds.get(fields.kind.toLowerCase().replaceAll('_', '-'))
  const referrer = fields.referrer.toUpperCase()
  const startsAt = toMoment(fields.start, toInstant)
  const endsAt = toMoment(fields.end, toLastInstant)
  const problems: LineProblem<Column>[] = []
  const check = (isRight: boolean, column: Column, problem: string) => {
    if (!isRight) problems.push({ column, problem })
  }
  check(nhsNumber !== null, 'nhs_number', 'it is no NHS number: ten digits, the last one a check')
  check(odsCodes.has(odsCode), 'ods_code', "it is none of the participant's organisations")
  check(kind !== undefined, 'kind', `it must be one of ${[...kinds.keys()].join(', ')}`)
  check(startsAt instanceof Date, 'start', startsAt === null ? 'it is missing' : NO_DATE)
  check(endsAt !== undefined, 'end', NO_DATE)
  check(!(startsAt && endsAt && endsAt < startsAt), 'end', 'it is before the start')
  if (kind === 'REFERRAL') {
    check(ODS_CODE.test(referrer), 'referrer', 'a referral names who referred, by ODS code')
  } else check(referrer === '', 'referrer', 'only a referral has one: leave it empty')
  if (problems.length > 0 || nhsNumber === null || kind === undefined) return problems
  const referred = kind === 'REFERRAL' ? referrer : null
  return {
    nhsNumber,
    odsCode,
    kind,
    startsAt: startsAt ?? null,
    endsAt: endsAt ?? null,
    referrer: referred,
  }
}

const NO_DATE = 'it is no date or moment: 2026-03-31, or 2026-03-31T09:30:00Z'

/** Null where nothing stands; undefined for what is no whole date. */
function toMoment(text: string, instantOf: typeof toInstant): Date | null | undefined {
  if (text === '') return null
  return text.length < 10 ? undefined : (instantOf(dateTime(text)) ?? undefined)
}
