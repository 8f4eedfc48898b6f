import { type Bundle, instantOf, NHS_NUMBER, ODS, type Resource } from './fhir.ts'
import type { HospitalSystem } from './hospital-systems.ts'
import { organisationOf } from './participants.ts'
import type { Person } from './people/person.ts'
import { uuidOf } from './random.ts'
import { organizationResource, practitionerResource, STAFF } from './resources/staff.ts'

/** One person's record at one participant, of which a hospital's part is made. */
interface HospitalRecord {
  readonly participant: string
  readonly person: Person
  readonly asOf: Date
  /** The hospital's number of the person. */
  readonly number: number
  /** The person as the participant's main system describes them. */
  readonly patient: Resource
  /** What the hospital recorded, as the main system would hold it. */
  readonly resources: readonly Resource[]
  /** True where staff and the hospital itself stand in the hospital's directory. */
  readonly isCrowd: boolean
}

/** More entries of one type than anybody has at one hospital. */
const ENTRIES_A_TYPE = 1000

/**
 * A record as the hospital's own system holds it: a Patient of its own, small numbers as ids, relative
 * references, and nothing that leads into another system.
 */
export function hospitalBundle(system: HospitalSystem, record: HospitalRecord): Bundle {
  const { number, person, patient, resources, isCrowd } = record
  const staff = isCrowd ? [] : staffOf(record.participant, system)
  const links = linksOf(staffOf(record.participant, system))
  links.set(patient.id, `Patient/${number}`)
  const counts = new Map<string, number>()
  const own = resources.filter(({ resourceType }) => resourceType !== 'Patient')
  for (const { resourceType, id } of own) {
    const count = (counts.get(resourceType) ?? 0) + 1
    counts.set(resourceType, count)
    // An id that a story gives is the hospital's own.
    const given = isUuid(id) ? String(number * ENTRIES_A_TYPE + count) : id
    links.set(id, `${resourceType}/${given}`)
  }
  const recorded = [patientAt(system, { patient, number, own: resources }), ...own]
  const placed = recorded.map((resource) => ({
    ...(withLinks(resource, links) as Resource),
    id: (links.get(resource.id) ?? '').split('/')[1] ?? '',
  }))
  const id = uuidOf(`${system.base} ${person.nhsNumber} Bundle`)
  return collection(system, {
    id,
    asOf: record.asOf,
    resources: [...staff.map(toResource), ...placed],
  })
}

/** The hospital and its staff, as its own system holds them. */
export function hospitalDirectory(
  system: HospitalSystem,
  given: { readonly participant: string; readonly asOf: Date },
): Bundle {
  const resources = staffOf(given.participant, system).map(toResource)
  return collection(system, { id: uuidOf(`directory ${system.base}`), asOf: given.asOf, resources })
}

/** A resource of the main directory, and its id in the hospital's. */
interface Listed {
  readonly of: Resource
  readonly id: string
}

function staffOf(participant: string, { odsCode }: HospitalSystem): Listed[] {
  const organisation = organisationOf(odsCode)
  return [
    { of: organizationResource(participant, organisation), id: '1' },
    ...Array.from({ length: STAFF }, (_, n) => ({
      of: practitionerResource(participant, organisation, n),
      id: String(n + 1),
    })),
  ]
}

function toResource({ of, id }: Listed): Resource {
  return { ...of, id }
}

function linksOf(staff: readonly Listed[]): Map<string, string> {
  return new Map(staff.map(({ of, id }) => [of.id, `${of.resourceType}/${id}`]))
}

/** The person as the hospital describes them: the same, under a number of its own. */
function patientAt(
  system: HospitalSystem,
  given: { patient: Resource; number: number; own: readonly Resource[] },
): Resource {
  const { patient, number, own } = given
  const identifiers = patient['identifier'] as readonly { readonly system: string }[]
  const local = { use: 'secondary', system: `${system.base}/Id/local-patient`, value: `${number}` }
  const [first] = own
  return {
    ...patient,
    // Recorded by the hospital, when it first recorded anything.
    meta: {
      ...patient.meta,
      ...(first ? { lastUpdated: first.meta.lastUpdated, tag: first.meta.tag } : {}),
    },
    identifier: [...identifiers.filter((one) => one.system === NHS_NUMBER), local],
  }
}

function collection(
  { base }: HospitalSystem,
  { id, asOf, resources }: { id: string; asOf: Date; resources: readonly Resource[] },
): Bundle {
  return {
    resourceType: 'Bundle',
    id,
    type: 'collection',
    timestamp: instantOf(asOf),
    entry: resources.map((resource) => ({
      fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
      resource,
    })),
  }
}

/** A value with its references as the hospital writes them. */
function withLinks(value: unknown, links: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withLinks(each, links))
  if (typeof value !== 'object' || value === null) return value
  const { reference, ...rest } = value as Record<string, unknown>
  const others = Object.fromEntries(
    Object.entries(rest).map(([key, each]) => [key, withLinks(each, links)]),
  )
  if (typeof reference !== 'string') return others
  if (reference.startsWith('#')) return { reference, ...others }
  const link = links.get(reference.replace(/^.*[:/]/, ''))
  return link === undefined ? fromElsewhere(others) : { reference: link, ...others }
}

/** An organisation of which the hospital knows the ODS code and name alone. */
function fromElsewhere(others: Record<string, unknown>): object {
  const { system, value } = (others['identifier'] ?? {}) as { system?: string; value?: string }
  if (system !== ODS || value === undefined) {
    throw new Error('what a hospital recorded refers to what another system recorded')
  }
  return { ...others, display: organisationOf(value).name }
}

function isUuid(id: string): boolean {
  return /^[\da-f]{8}-/.test(id)
}
