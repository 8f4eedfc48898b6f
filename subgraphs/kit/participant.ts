import type { Section } from '../../gateway/access/sections.ts'
import type { FhirResource } from './fhir/resource.ts'
import type { OrganisationKind, ParticipantKind, Participation } from './generated/contract.ts'
import type { SharedSection } from './shares.ts'

/** An organisation belongs to exactly one participant. */
export interface Organisation {
  /** ODS code, unique over all participants. */
  readonly odsCode: string
  readonly name: string
  readonly kind: OrganisationKind
}

/** Where a patient turns to: telephone in national format, e-mail or web page where there is one. */
interface ContactDetails {
  readonly name: string
  readonly telephone?: string
  readonly email?: string
  readonly url?: string
}

/** One participant: a folder under `subgraphs/` whose `participant.ts` exports `participant`. */
export interface Participant {
  /** Lower-case letters and digits: the folder, the database, the subgraph and the audience of assertions. */
  readonly code: string
  readonly name: string
  readonly kind: ParticipantKind
  readonly participation: Participation
  readonly complaints: ContactDetails
  readonly subjectAccess: ContactDetails
  readonly organisations: readonly Organisation[]
  /** The sections that it shares; every one, live, where it does not say. */
  readonly shares?: readonly SharedSection[]
  /** What it publishes beyond the contract, in type names of its own. */
  readonly extension?: ParticipantExtension
}

/** Additions to a participant's published schema: `extend type <Code>Record { … }` and its types. */
export interface ParticipantExtension {
  readonly sdl: string
  /** Resolvers by type and field; a field without one is read from its parent. */
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, ExtensionResolver>>>>
  /**
   * The section that each added field of the record type belongs to: who may see the one may see the
   * other. A field that stands nowhere here is for roles that see every section.
   */
  readonly sections?: Readonly<Record<string, Section>>
  /**
   * What each added field of the record type shows of a sensitive (S-flagged) patient to who may not
   * know where they are. A field that stands nowhere here shows nothing.
   */
  readonly withoutLocation?: Readonly<Record<string, (value: never) => unknown>>
}

/** Resolves one field of an extension; `parent` is the record of the one patient asked about. */
type ExtensionResolver = (
  parent: { readonly nhsNumber: string },
  args: Readonly<Record<string, unknown>>,
  context: ExtensionContext,
) => unknown

/** What an extension may read: the patient's own resources, nothing that is never shared. */
export interface ExtensionContext {
  /** Resources of one type as they came in, the one last taken in first. */
  findResources(nhsNumber: string, resourceType: string): Promise<FhirResource[]>
}

/** Names a participant; the identity function, so that a `participant.ts` is typed where it is written. */
export function defineParticipant(participant: Participant): Participant {
  return participant
}
