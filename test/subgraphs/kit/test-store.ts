import { type Kysely, type Selectable, sql } from 'kysely'
import type {
  ItemTable,
  ParticipantDatabase,
  PatientTable,
} from '../../../subgraphs/kit/store/tables.ts'

/** Demographics as the FHIR mapping writes them. */
export function demographics(changes: object = {}): object {
  return {
    name: { text: 'Ada Example', prefix: [], given: ['Ada'], family: 'Example', use: 'usual' },
    otherNames: [],
    formerNames: [],
    birthDate: '1950-03-04',
    gender: 'FEMALE',
    deceasedAt: null,
    isDeceased: null,
    addresses: [
      {
        text: '1 Test Street, London, E1 1AA',
        lines: ['1 Test Street'],
        city: 'London',
        district: null,
        postcode: 'E1 1AA',
        use: 'home',
      },
    ],
    telecom: [{ system: 'phone', value: '020 7946 0000', use: 'home' }],
    generalPractice: { odsCode: 'F84001', name: 'Test Practice', kind: 'GP_PRACTICE' },
    language: null,
    contacts: [
      {
        name: 'Bob Example',
        relationship: null,
        telecom: [{ system: 'phone', value: '020 7946 0001', use: 'home' }],
      },
    ],
    ...changes,
  }
}

/** Writes a patient as the loader does: the change number is drawn in the statement that uses it. */
export async function putPatient(
  db: Kysely<ParticipantDatabase>,
  nhsNumber: string,
  changes: Partial<Omit<Selectable<PatientTable>, 'demographics' | 'change'>> & {
    readonly demographics?: object
  } = {},
): Promise<void> {
  const values = {
    is_sensitive: false,
    superseded_by: null,
    supersedes: [],
    as_of: new Date('2026-01-02T03:04:05.000Z'),
    ...changes,
    demographics: JSON.stringify(changes.demographics ?? demographics()),
    servers: changes.servers ? JSON.stringify(changes.servers) : null,
    change: sql<string>`nextval('patient_change')`,
  }
  await db
    .insertInto('patient')
    .values({ nhs_number: nhsNumber, ...values })
    .onConflict((conflict) => conflict.column('nhs_number').doUpdateSet(values))
    .execute()
}

/** What a test says of an entry; the rest is an allergy's. */
export type TestItem = Partial<Omit<ItemTable, 'item' | 'id'>> & { readonly item?: object }

/** Writes one entry; its JSON is an allergy's unless told otherwise. */
export async function putItem(
  db: Kysely<ParticipantDatabase>,
  nhsNumber: string,
  id: string,
  changes: TestItem = {},
): Promise<void> {
  await putItems(db, nhsNumber, [{ id, ...changes }])
}

/** Writes entries in one statement. */
export async function putItems(
  db: Kysely<ParticipantDatabase>,
  nhsNumber: string,
  items: readonly (TestItem & { readonly id: string })[],
): Promise<void> {
  const moment = new Date('2020-01-01T00:00:00.000Z')
  const rows = items.map(({ item, ...changes }) => ({
    section: 'allergies',
    nhs_number: nhsNumber,
    sort_time: moment,
    last_time: changes.sort_time ?? moment,
    sort_key: `e${changes.id}`,
    status: 'ACTIVE',
    codes: [],
    is_none_known: false,
    is_restricted: false,
    is_understood: true,
    resource_type: 'AllergyIntolerance',
    resource_id: changes.id,
    ...changes,
    item: JSON.stringify({ ...allergy(changes.id, changes.status ?? 'ACTIVE'), ...item }),
  }))
  await db.insertInto('item').values(rows).execute()
}

function allergy(id: string, status: string): object {
  return {
    id,
    identifiers: [],
    code: { display: 'Penicillin', code: '91936005', system: null, text: null, codings: [] },
    status,
    time: null,
    likeness: null,
    possibleDuplicateOf: [],
    provenance: [{ participant: 'test', organisation: null, author: null, recordedAt: null }],
    notes: [],
    substance: null,
    verificationStatus: 'CONFIRMED',
    type: 'ALLERGY',
    categories: ['MEDICATION'],
    criticality: 'HIGH',
    onset: null,
    onsetText: null,
    lastOccurrence: null,
    reactions: [],
  }
}
