import { type Kysely, type Selectable, sql } from 'kysely'
import type { Demographics } from '../../kit/generated/contract.ts'
import type { IndexDatabase } from '../store/tables.ts'
import type { NationallyKnown, NationallyUnknown } from './national-answer.ts'

/** What the national service answered, and when it was asked. */
export interface KeptAnswer {
  readonly answer: NationallyKnown | NationallyUnknown
  readonly askedAt: Date
}

/** How many answers past their time go at once, beside each that is kept. */
const FORGOTTEN_AT_ONCE = 100

/**
 * What is kept of these numbers, without asking anybody.
 *
 * @param notBefore what was asked earlier is passed over
 */
export async function findKept(
  db: Kysely<IndexDatabase>,
  nhsNumbers: readonly string[],
  notBefore: Date,
): Promise<Map<string, KeptAnswer>> {
  if (nhsNumbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('national_patient')
    .selectAll()
    .where(sql<boolean>`nhs_number = any(${sql.val([...nhsNumbers])}::text[])`)
    .where('asked_at', '>=', notBefore)
    .execute()
  return new Map(rows.map((row) => [row.nhs_number, toKept(row)]))
}

/**
 * Keeps an answer under the number asked about, and under the one in force where it is another. An
 * answer to a later question stays.
 */
export async function keepAnswer(
  db: Kysely<IndexDatabase>,
  nhsNumber: string,
  { answer, askedAt }: KeptAnswer,
): Promise<void> {
  const numbers = answer.outcome === 'KNOWN' ? [nhsNumber, answer.nhsNumber] : [nhsNumber]
  const values = toValues(answer, askedAt)
  await db
    .insertInto('national_patient')
    // Always in one order: two who keep the same pair do not wait for each other.
    .values([...new Set(numbers)].sort().map((number) => ({ nhs_number: number, ...values })))
    .onConflict((conflict) =>
      conflict
        .column('nhs_number')
        .doUpdateSet(({ ref }) => ({
          outcome: ref('excluded.outcome'),
          in_force: ref('excluded.in_force'),
          demographics: ref('excluded.demographics') as never,
          is_sensitive: ref('excluded.is_sensitive'),
          practice_ods_code: ref('excluded.practice_ods_code'),
          practice_since: ref('excluded.practice_since'),
          asked_at: ref('excluded.asked_at'),
        }))
        .whereRef('national_patient.asked_at', '<=', 'excluded.asked_at'),
    )
    .execute()
}

/** Removes answers to what was asked earlier: nobody may use them any more. A few at a time. */
export async function forgetAnswers(db: Kysely<IndexDatabase>, before: Date): Promise<void> {
  await sql`
    delete from national_patient where nhs_number in (
      select nhs_number from national_patient where asked_at < ${before}
      order by asked_at limit ${FORGOTTEN_AT_ONCE} for update skip locked
    )`.execute(db)
}

function toValues(answer: NationallyKnown | NationallyUnknown, askedAt: Date) {
  if (answer.outcome === 'UNKNOWN') {
    return { ...NOTHING_KNOWN, outcome: answer.outcome, asked_at: askedAt }
  }
  return {
    outcome: answer.outcome,
    in_force: answer.nhsNumber,
    demographics: JSON.stringify(answer.demographics),
    is_sensitive: answer.isSensitive,
    practice_ods_code: answer.practice?.odsCode ?? null,
    practice_since: answer.practice?.startsAt ?? null,
    asked_at: askedAt,
  }
}

const NOTHING_KNOWN = {
  in_force: null,
  demographics: null,
  is_sensitive: false,
  practice_ods_code: null,
  practice_since: null,
}

function toKept(row: Selectable<IndexDatabase['national_patient']>): KeptAnswer {
  const { outcome, in_force: inForce, demographics, asked_at: askedAt } = row
  if (outcome === 'UNKNOWN' || inForce === null || demographics === null) {
    return { askedAt, answer: { outcome: 'UNKNOWN' } }
  }
  const { practice_ods_code: odsCode, practice_since: startsAt } = row
  return {
    askedAt,
    answer: {
      outcome,
      nhsNumber: inForce,
      demographics: demographics as Demographics,
      isSensitive: row.is_sensitive,
      practice: odsCode === null ? null : { odsCode, startsAt },
    },
  }
}
