import { type Kysely, sql } from 'kysely'
import { badArgument } from '../kit/errors.ts'
import { toNhsNumber } from '../kit/fhir/nhs-number.ts'
import { dayOf } from '../kit/fhir/time.ts'
import { readMoment } from '../kit/reading/moment.ts'
import { mayLocate } from '../kit/reading/without-location.ts'
import type { Teller } from './identity/claim.ts'
import { isDisbelieved } from './identity/decide-identity.ts'
import type { Locate, Located } from './locate.ts'
import { type NameKeys, searchedKeysOf } from './name-keys.ts'
import { type IndexedPatient, type Reader, shownTo } from './patient.ts'
import { toPostcodeKey } from './search-keys.ts'
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
  readonly identity: IndexedPatient['identity']
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
 * source's record; which source does not matter. Every name finds that is or was the patient's, a
 * double-barrelled one by either half and the other way round, and a whole date of birth whoever is known
 * by its month or year alone; who fits best comes first. A sensitive patient is never found by postcode without B1611: that would
 * confirm where they live. Whom the caller may not learn of is not found: the search tells nobody who is
 * known.
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
  for (const found of await findNumbers(db, { ...facts, isBlindToSensitive }, locate)) {
    const one = await locate(found.nhs_number, { asksNationally: false })
    if (!one || matches.has(one.nhsNumber) || isOfSomebodyElse(found, one)) continue
    // Flagged by another source than the one that was searched.
    if (isBlindToSensitive && one.patient.isSensitive) continue
    if (await mayLearnOf(one)) matches.set(one.nhsNumber, toMatch(shownTo(caller, one)))
    if (matches.size === MOST_MATCHES) break
  }
  return [...matches.values()]
}

interface Facts {
  readonly birthDate: string
  readonly nameKeys: NameKeys | null
  readonly nhsNumber: string | null
  readonly postcodeKey: string | null
}

function toFacts({ birthDate, familyName, nhsNumber, postcode }: PatientSearch): Facts {
  if (!/^\d{4}-\d{2}-\d{2}/.test(birthDate) || !readMoment(birthDate)) {
    throw badArgument('birthDate', 'a whole date')
  }
  const facts = {
    birthDate: dayOf(birthDate),
    nameKeys: readFact('familyName', familyName, readName),
    nhsNumber: readFact('nhsNumber', nhsNumber, toNhsNumber),
    postcodeKey: readFact('postcode', postcode, toPostcodeKey),
  }
  if (facts.nameKeys === null && facts.nhsNumber === null && facts.postcodeKey === null) {
    throw badArgument('birthDate', 'given together with familyName, nhsNumber or postcode')
  }
  return facts
}

const EXPECTED = {
  familyName: 'a name',
  nhsNumber: 'a valid NHS number',
  postcode: 'a postcode',
}

function readName(family: string): NameKeys | null {
  const keys = searchedKeysOf(family)
  return keys.wholes.length === 0 ? null : keys
}

function readFact<Fact>(
  argument: keyof typeof EXPECTED,
  value: string | null | undefined,
  read: (value: string) => Fact | null,
): Fact | null {
  if (value === undefined || value === null) return null
  const fact = read(value)
  if (fact === null) throw badArgument(argument, EXPECTED[argument])
  return fact
}

async function findNumbers(
  db: Kysely<IndexDatabase>,
  facts: Facts & { readonly isBlindToSensitive: boolean },
  locate: Locate,
): Promise<Found[]> {
  const { birthDate, nameKeys, nhsNumber, postcodeKey, isBlindToSensitive } = facts
  const isWhole = nameKeys === null ? sql<boolean>`true` : hasAny('name_keys', nameKeys.wholes)
  let query = db
    .selectFrom('holder')
    .select(['nhs_number', TELLERS.as('tellers')])
    .where('birth_date', 'in', [birthDate, birthDate.slice(0, 7), birthDate.slice(0, 4)])
  if (nameKeys !== null) query = query.where(isNamed(nameKeys))
  if (postcodeKey !== null) query = query.where(hasAny('postcode_keys', [postcodeKey]))
  if (isBlindToSensitive) query = query.where('is_sensitive', '=', false)
  if (nhsNumber !== null) {
    const patient = (await locate(nhsNumber, { asksNationally: false }))?.patient
    if (!patient) return []
    query = query.where('nhs_number', 'in', [patient.nhsNumber, ...patient.supersededNhsNumbers])
  }
  return query
    .groupBy('nhs_number')
    .orderBy(sql`bool_or(birth_date = ${birthDate} and ${isWhole})`, 'desc')
    .orderBy(sql`bool_or(${isWhole})`, 'desc')
    .orderBy('nhs_number')
    .limit(MOST_CANDIDATES)
    .execute()
}

/** A number under which the facts stand, and with whom. */
interface Found {
  readonly nhs_number: string
  readonly tellers: readonly Teller[]
}

const TELLERS = sql<Teller[]>`json_agg(json_build_object(
  'participant', participant, 'server', nullif(server, '')))`

/** Facts of a source that has somebody else under the number find nobody: they are not the patient's. */
function isOfSomebodyElse({ tellers }: Found, { identity }: Located): boolean {
  return tellers.every((teller) => isDisbelieved(identity, teller))
}

/** A part stands for a whole, on either side; what shares no more than a part is another name. */
function isNamed({ wholes, parts }: NameKeys) {
  const all = [...new Set([...wholes, ...parts])]
  return sql<boolean>`(${hasAny('name_keys', all)} or ${hasAny('name_part_keys', wholes)})`
}

function hasAny(column: 'name_keys' | 'name_part_keys' | 'postcode_keys', keys: readonly string[]) {
  return sql<boolean>`${sql.ref(column)} && ${keys}::text[]`
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
    identity: patient.identity,
  }
}
