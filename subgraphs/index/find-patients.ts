import type { Kysely } from 'kysely'
import { badArgument } from '../kit/errors.ts'
import { toNhsNumber } from '../kit/fhir/nhs-number.ts'
import { readMoment } from '../kit/reading/moment.ts'
import { mayLocate } from '../kit/reading/without-location.ts'
import type { Locate, Located } from './locate.ts'
import { type IndexedPatient, type Reader, shownTo } from './patient.ts'
import { toNameKey, toPostcodeKey } from './search-keys.ts'
import type { IndexDatabase } from './store/tables.ts'

/** The arguments of `Query.findPatients`. */
export interface PatientSearch {
  readonly birthDate: string
  readonly familyName?: string | null
  readonly nhsNumber?: string | null
  readonly postcode?: string | null
}

/** The schema's `PatientMatch`. */
export interface PatientMatch {
  readonly nhsNumber: string
  readonly name: object | null
  readonly birthDate: string | null
  readonly gender: string | null
  readonly address: string | null
  readonly postcode: string | null
  readonly isSensitive: boolean
}

const MOST_MATCHES = 20

/** So many fit at most before it is asked whom the caller may learn of. */
const MOST_CANDIDATES = 200

/** What a search needs of the rest. */
interface Search {
  readonly locate: Locate
  /** Whether the caller may learn that a patient is known. */
  mayLearnOf(located: Located): Promise<boolean>
  /** Who asks; nobody is shown no sensitive patient's location. */
  readonly caller: Reader | undefined
}

/**
 * Finds patients by date of birth and at least one other fact. All facts must stand together in one
 * source's record; which source does not matter, so that a former name still finds the patient. A
 * sensitive patient is never found by postcode without B1611: that would confirm where they live. Whom
 * the caller may not learn of is not found: the search tells nobody who is known.
 *
 * @throws BAD_USER_INPUT, naming the argument, for fewer than two facts or one that cannot be used
 */
export async function findPatients(
  db: Kysely<IndexDatabase>,
  search: PatientSearch,
  { locate, mayLearnOf, caller }: Search,
): Promise<PatientMatch[]> {
  const facts = toFacts(search)
  const isBlindToSensitive = facts.postcodeKey !== null && !mayLocate(caller?.activityCodes)
  const matches = new Map<string, PatientMatch>()
  for (const number of await findNumbers(db, { ...facts, isBlindToSensitive }, locate)) {
    const one = await locate(number)
    if (!one || matches.has(one.nhsNumber)) continue
    // Flagged by another source than the one that was searched.
    if (isBlindToSensitive && one.patient.isSensitive) continue
    if (await mayLearnOf(one)) matches.set(one.nhsNumber, toMatch(shownTo(caller, one)))
    if (matches.size === MOST_MATCHES) break
  }
  return [...matches.values()]
}

interface Facts {
  readonly birthDate: string
  readonly familyKey: string | null
  readonly nhsNumber: string | null
  readonly postcodeKey: string | null
}

function toFacts({ birthDate, familyName, nhsNumber, postcode }: PatientSearch): Facts {
  if (!/^\d{4}-\d{2}-\d{2}/.test(birthDate) || !readMoment(birthDate)) {
    throw badArgument('birthDate', 'a whole date')
  }
  const facts = {
    birthDate: birthDate.slice(0, 10),
    familyKey: readFact('familyName', familyName, toNameKey),
    nhsNumber: readFact('nhsNumber', nhsNumber, toNhsNumber),
    postcodeKey: readFact('postcode', postcode, toPostcodeKey),
  }
  if (facts.familyKey === null && facts.nhsNumber === null && facts.postcodeKey === null) {
    throw badArgument('birthDate', 'given together with familyName, nhsNumber or postcode')
  }
  return facts
}

const EXPECTED = {
  familyName: 'a name',
  nhsNumber: 'a valid NHS number',
  postcode: 'a postcode',
}

function readFact(
  argument: keyof typeof EXPECTED,
  value: string | null | undefined,
  read: (value: string) => string | null,
): string | null {
  if (value === undefined || value === null) return null
  const fact = read(value)
  if (fact === null) throw badArgument(argument, EXPECTED[argument])
  return fact
}

async function findNumbers(
  db: Kysely<IndexDatabase>,
  {
    birthDate,
    familyKey,
    nhsNumber,
    postcodeKey,
    isBlindToSensitive,
  }: Facts & {
    readonly isBlindToSensitive: boolean
  },
  locate: Locate,
): Promise<string[]> {
  let query = db
    .selectFrom('holder')
    .select('nhs_number')
    .distinct()
    .where('birth_date', '=', birthDate)
  if (familyKey !== null) query = query.where('family_key', '=', familyKey)
  if (postcodeKey !== null) query = query.where('postcode_key', '=', postcodeKey)
  if (isBlindToSensitive) query = query.where('is_sensitive', '=', false)
  if (nhsNumber !== null) {
    const patient = (await locate(nhsNumber))?.patient
    if (!patient) return []
    query = query.where('nhs_number', 'in', [patient.nhsNumber, ...patient.supersededNhsNumbers])
  }
  const rows = await query.orderBy('nhs_number').limit(MOST_CANDIDATES).execute()
  return rows.map((row) => row.nhs_number)
}

function toMatch(patient: IndexedPatient): PatientMatch {
  const [address] = patient.addresses ?? []
  return {
    nhsNumber: patient.nhsNumber,
    name: patient.name ?? null,
    birthDate: patient.birthDate ?? null,
    gender: patient.gender ?? null,
    address: address?.text ?? null,
    postcode: address?.postcode ?? null,
    isSensitive: patient.isSensitive,
  }
}
