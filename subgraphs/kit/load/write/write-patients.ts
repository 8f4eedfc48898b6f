import { sql } from 'kysely'
import { combineServers, NOBODY } from '../../fhir/combine-patients.ts'
import type { CombinedPatient, ServerPatient } from '../../fhir/mapping.ts'
import { NHS_NUMBER } from '../../fhir/nhs-number.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import { identifierKey } from '../read/identity.ts'
import { LOCAL_SERVER, serverName, serverOf } from '../read/server.ts'
import type { ReferenceResolver } from '../resolve/resolver.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from './columns.ts'
import { type MappingParts, mapBatch } from './map-batch.ts'

/** What writing patients needs at hand. */
export interface PatientWriting extends MappingParts {
  readonly db: LoadDatabase
  readonly resolver: ReferenceResolver
}

/**
 * Writes who the patients with these NHS numbers are, from all Patient resources stored under each:
 * the last updated one speaks, but a single one that is S-flagged makes the patient sensitive; servers
 * that may have different people each keep their own. A
 * number that no Patient bears any more keeps an empty row, so that the feed tells of it.
 *
 * @returns the numbers whose row changed
 */
export async function writePatients(
  writing: PatientWriting,
  nhsNumbers: readonly string[],
): Promise<string[]> {
  if (nhsNumbers.length === 0) return []
  const { db, asOf } = writing
  const known = await findPatients(writing, nhsNumbers)
  const rows = nhsNumbers.map((nhsNumber) => {
    const told = known.get(nhsNumber)
    const patient = withEverythingElse(combineServers(told ?? []))
    return { nhsNumber, isKnown: told !== undefined, patient }
  })
  const { rows: changed } = await sql<{ nhs_number: string }>`
    insert into patient as stored
      (nhs_number, demographics, is_sensitive, superseded_by, supersedes, is_disputed, servers,
      as_of, change)
    select given.nhs_number, demographics::json, is_sensitive, superseded_by,
      string_to_array(supersedes, ' '), is_disputed, servers::json,
      ${asOf.toISOString()}::timestamptz, nextval('patient_change')
    from unnest(
      ${column(rows.map((row) => row.nhsNumber))},
      ${column(rows.map((row) => JSON.stringify(row.patient.demographics)))},
      ${column(rows.map((row) => String(row.patient.isSensitive)))}::boolean[],
      ${column(rows.map((row) => row.patient.supersededBy))},
      ${column(rows.map((row) => row.patient.supersedes.join(' ')))},
      ${column(rows.map((row) => String(row.patient.isDisputed)))}::boolean[],
      ${column(rows.map(({ patient }) => toJson(patient.servers)))},
      ${column(rows.map((row) => String(row.isKnown)))}::boolean[]
    ) as given (nhs_number, demographics, is_sensitive, superseded_by, supersedes,
      is_disputed, servers, is_known)
    where is_known or exists (select from patient where nhs_number = given.nhs_number)
    on conflict (nhs_number) do update set
      demographics = excluded.demographics, is_sensitive = excluded.is_sensitive,
      superseded_by = excluded.superseded_by, supersedes = excluded.supersedes,
      is_disputed = excluded.is_disputed, servers = excluded.servers, as_of = excluded.as_of,
      change = excluded.change
    where stored.demographics::text <> excluded.demographics::text
      or stored.is_sensitive <> excluded.is_sensitive
      or stored.superseded_by is distinct from excluded.superseded_by
      or stored.supersedes <> excluded.supersedes
      or stored.is_disputed <> excluded.is_disputed
      or stored.servers::text is distinct from excluded.servers::text
    returning nhs_number`.execute(db)
  return changed.map((row) => row.nhs_number)
}

/** What stands on a server that has no Patient of its own is on nobody's side, and is not lost. */
function withEverythingElse(patient: CombinedPatient): CombinedPatient {
  const { servers } = patient
  if (servers.length === 0 || servers.some(({ server }) => server === LOCAL_SERVER)) return patient
  return { ...patient, servers: [...servers, { ...NOBODY, server: LOCAL_SERVER }] }
}

function toJson(servers: readonly ServerPatient[]): string | null {
  return servers.length === 0 ? null : JSON.stringify(servers)
}

/** Numbers a change of each of these patients, and dates it. */
export async function touchPatients(
  db: LoadDatabase,
  nhsNumbers: readonly string[],
  asOf: Date,
): Promise<void> {
  if (nhsNumbers.length === 0) return
  await sql`
    update patient set as_of = ${asOf.toISOString()}::timestamptz, change = nextval('patient_change')
    where nhs_number = any(${column(nhsNumbers)})`.execute(db)
}

/** Numbers a change of each of these patients that is not to be seen: the feed tells them again. */
export async function announcePatients(
  db: LoadDatabase,
  nhsNumbers: readonly string[],
): Promise<void> {
  if (nhsNumbers.length === 0) return
  await sql`
    update patient set change = nextval('patient_change')
    where nhs_number = any(${column(nhsNumbers)})`.execute(db)
}

async function findPatients(
  writing: PatientWriting,
  nhsNumbers: readonly string[],
): Promise<Map<string, ServerPatient[]>> {
  const { rows } = await sql<{ nhs_number: string; id: string; json: string }>`
    select resource.nhs_number, resource.id, resource.content::text as json
    from unnest(
      ${column(nhsNumbers)},
      ${column(nhsNumbers.map((nhsNumber) => identifierKey(NHS_NUMBER, nhsNumber)))}
    ) as wanted (nhs_number, alias)
    join resource_alias as alias on alias.alias = wanted.alias and alias.type = 'Patient'
    join resource on resource.type = 'Patient' and resource.id = alias.id
      and resource.nhs_number = wanted.nhs_number
    order by resource.last_updated desc nulls last, resource.id`.execute(writing.db)
  const mapped = await mapBatch(
    rows.map((row) => ({
      type: 'Patient',
      id: row.id,
      resource: JSON.parse(row.json) as FhirResource,
      nhsNumber: row.nhs_number,
      isRefusedPatient: () => false,
    })),
    writing,
  )
  const found = new Map<string, ServerPatient[]>()
  rows.forEach((row, index) => {
    const result = mapped[index]
    if (result === undefined || 'refusal' in result || result.patient === null) return
    const patient = { ...result.patient, server: serverName(serverOf(row.id)) }
    found.set(row.nhs_number, [...(found.get(row.nhs_number) ?? []), patient])
  })
  return found
}
