import type { Organisation } from '../subgraphs/kit/participant.ts'
import {
  type Bundle,
  type BundleEntry,
  type Coding,
  type Identifier,
  instantOf,
  ODS,
  type Reference,
  type Resource,
} from './fhir.ts'
import { hospitalBundle } from './hospital-bundle.ts'
import { hospitalSystemsOf, type PatientNumbers, storyNumbers } from './hospital-systems.ts'
import type { Person } from './people/person.ts'
import { profileOf } from './profiles.ts'
import { uuidOf } from './random.ts'
import { organizationResource, practitionerResource, STAFF, staffName } from './resources/staff.ts'

/** Who wrote an item down, and when; labels are confidentiality labels (meta.security). */
export interface Recording {
  readonly by: Organisation
  readonly at: Date
  readonly labels?: readonly Coding[]
}

/** How a participant's system writes the references inside its bundles. */
export type ReferenceStyle = 'urn' | 'relative' | 'conditional'

const styles: Readonly<Record<string, ReferenceStyle>> = {
  nel: 'urn',
  sel: 'urn',
  ncl: 'urn',
  mkuh: 'urn',
  clch: 'urn',
  hct: 'conditional',
  paht: 'conditional',
}

/** How a participant's main system writes references. */
export function styleOf(participant: string): ReferenceStyle {
  return styles[participant] ?? 'relative'
}

/** One person's record at one participant, as it grows into bundles. */
export class Chart {
  readonly participant: string
  readonly person: Person
  readonly asOf: Date
  /** The person, as a reference. */
  readonly subject: Reference
  readonly #style: ReferenceStyle
  readonly #isCrowd: boolean
  readonly #numbers: PatientNumbers
  readonly #counts = new Map<string, number>()
  readonly #shared = new Set<Resource>()
  readonly #resources: Resource[] = []

  /**
   * A chart of the crowd refers to the participant's directory, and takes its hospitals' numbers from
   * those that they count; others hold all they refer to.
   */
  constructor(given: {
    participant: string
    person: Person
    asOf: Date
    crowd?: PatientNumbers
  }) {
    this.participant = given.participant
    this.person = given.person
    this.asOf = given.asOf
    this.#isCrowd = given.crowd !== undefined
    this.#numbers = given.crowd ?? storyNumbers
    this.#style = styleOf(given.participant)
    this.subject = { reference: this.#link('Patient', this.#idOf('Patient', 1)) }
  }

  /** The last moment at which anything can have been written: death, or now. */
  get until(): Date {
    return this.person.died ?? this.asOf
  }

  /** Everything but organisations and staff, in the order in which it was added. */
  get resources(): readonly Resource[] {
    return this.#resources
  }

  /** Adds a resource; its identity follows from the participant, the person, type and count. */
  add(resourceType: string, recording: Recording, content: Record<string, unknown>): Resource {
    const count = (this.#counts.get(resourceType) ?? 0) + 1
    this.#counts.set(resourceType, count)
    const resource: Resource = {
      resourceType,
      id: this.#idOf(resourceType, count),
      meta: this.#metaOf(resourceType, recording, content),
      ...content,
    }
    this.#resources.push(resource)
    return resource
  }

  /** A business identifier of the participant's own system, unique within it. */
  identifier(kind: string): Identifier {
    const count = (this.#counts.get(`id ${kind}`) ?? 0) + 1
    this.#counts.set(`id ${kind}`, count)
    const value = uuidOf(`${this.participant} ${this.person.nhsNumber} ${kind} ${count}`)
    return { system: `https://fhir.${this.participant}.example.nhs.uk/Id/${kind}`, value }
  }

  /** Another resource of this chart, as a reference. */
  refer(resource: Resource): Reference {
    return { reference: this.#link(resource.resourceType, resource.id) }
  }

  /** The organisation, as a reference; it joins the bundle where there is no directory. */
  organisation(organisation: Organisation): Reference {
    const resource = organizationResource(this.participant, organisation)
    const conditional = `Organization?identifier=${ODS}|${organisation.odsCode}`
    const isConditional = this.#style === 'conditional'
    // The directory says what it is called.
    if (this.#isCrowd) {
      return { reference: isConditional ? conditional : `Organization/${resource.id}` }
    }
    this.#shared.add(resource)
    const reference = isConditional ? conditional : this.#link('Organization', resource.id)
    return { reference, display: organisation.name }
  }

  /** A member of the organisation's staff, as a reference; `n` picks who. */
  staff(organisation: Organisation, n = 0): Reference {
    const resource = practitionerResource(this.participant, organisation, n % STAFF)
    if (this.#isCrowd) return { reference: `Practitioner/${resource.id}` }
    this.organisation(organisation)
    this.#shared.add(resource)
    return {
      reference: this.#link('Practitioner', resource.id),
      display: staffName(organisation, n % STAFF),
    }
  }

  /**
   * The whole record: one bundle, with references in the participant's style, and one for each hospital
   * that has a system of its own and recorded something. Who recorded an entry decides where it stands.
   */
  bundles(): Bundle[] {
    const patient = this.#resources.find(({ resourceType }) => resourceType === 'Patient')
    const systems = hospitalSystemsOf(this.participant)
    const ofSystem = (code: string) => this.#resources.filter((each) => recorderOf(each) === code)
    const hospitals = systems.flatMap((system) => {
      const resources = ofSystem(system.odsCode)
      if (patient === undefined || resources.length === 0) return []
      const number = this.#numbers(system, this.person.nhsNumber)
      const { participant, person, asOf } = this
      const record = { participant, person, asOf, number, patient, resources }
      return [hospitalBundle(system, { ...record, isCrowd: this.#isCrowd })]
    })
    const apart = new Set(systems.map(({ odsCode }) => odsCode))
    const main = this.#resources.filter((each) => !apart.has(recorderOf(each)))
    return [...(main.length > 0 ? [this.#bundleOf(main)] : []), ...hospitals]
  }

  #bundleOf(resources: readonly Resource[]): Bundle {
    const everything = [...this.#shared, ...resources]
    return {
      resourceType: 'Bundle',
      id: this.#idOf('Bundle', 1),
      type: this.#style === 'relative' ? 'collection' : 'transaction',
      timestamp: instantOf(this.asOf),
      entry: everything.map((resource) => this.#entryOf(resource)),
    }
  }

  #idOf(resourceType: string, count: number): string {
    return uuidOf(`${this.participant} ${this.person.nhsNumber} ${resourceType} ${count}`)
  }

  #link(resourceType: string, id: string): string {
    return this.#style === 'urn' ? `urn:uuid:${id}` : `${resourceType}/${id}`
  }

  #entryOf(resource: Resource): BundleEntry {
    const place = `${resource.resourceType}/${resource.id}`
    const fullUrl =
      this.#style === 'urn'
        ? `urn:uuid:${resource.id}`
        : `https://fhir.${this.participant}.example.nhs.uk/R4/${place}`
    if (this.#style === 'relative') return { fullUrl, resource }
    return { fullUrl, resource, request: { method: 'PUT', url: place } }
  }

  #metaOf(resourceType: string, recording: Recording, content: Record<string, unknown>) {
    const { odsCode: code, name } = recording.by
    const lastUpdated = instantOf(recording.at)
    const security = recording.labels === undefined ? {} : { security: recording.labels }
    // A crowd says tens of thousands of times only what differs.
    if (this.#isCrowd) return { lastUpdated, tag: [{ system: ODS, code }], ...security }
    return {
      versionId: '1',
      lastUpdated,
      profile: [profileOf(resourceType, content)],
      tag: [{ system: ODS, code, display: name }],
      ...security,
    }
  }
}

/** The ODS code of the organisation that wrote it down. */
function recorderOf({ meta }: Resource): string {
  return meta.tag[0]?.code ?? ''
}
