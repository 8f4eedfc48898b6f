// The types of `lcr-kit`: what a participant's own subgraph is made of.

/** What a participant is to the graph: `participant.json` beside what it adds to the contract. */
export interface Participant {
  /** Lower-case letters and digits: the subgraph, the database, and the audience of assertions. */
  readonly code: string
  readonly name: string
  readonly kind: 'REGIONAL_HIE' | 'TRUST'
  readonly participation: 'FULL' | 'VIEW_ONLY' | 'CONTRIBUTE_ONLY'
  readonly complaints: ContactDetails
  readonly subjectAccess: ContactDetails
  readonly organisations: readonly Organisation[]
  readonly extension?: ParticipantExtension
}

export interface Organisation {
  /** Unique over all participants. */
  readonly odsCode: string
  readonly name: string
  readonly kind:
    | 'ACUTE_TRUST'
    | 'MENTAL_HEALTH_TRUST'
    | 'COMMUNITY_TRUST'
    | 'GP_PRACTICE'
    | 'URGENT_CARE'
    | 'SOCIAL_CARE'
    | 'COMMISSIONER'
}

/** Where a patient turns to. */
export interface ContactDetails {
  readonly name: string
  readonly telephone?: string
  readonly email?: string
  readonly url?: string
}

/** Additions to the published schema: `extend type <Code>Record { … }` and types of its own. */
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
   * What each added field shows of a sensitive (S-flagged) patient to who may not know where they are.
   * A field that stands nowhere here shows nothing.
   */
  readonly withoutLocation?: Readonly<Record<string, (value: never) => unknown>>
}

export type ExtensionResolver = (
  parent: { readonly nhsNumber: string },
  args: Readonly<Record<string, unknown>>,
  context: {
    /** Resources of one type as they came in, the one last taken in first; nothing that is never shared. */
    findResources(nhsNumber: string, resourceType: string): Promise<FhirResource[]>
  },
) => unknown

/** A FHIR R4 resource as plain JSON. */
export interface FhirResource {
  readonly resourceType: string
  readonly id?: string
  readonly [element: string]: unknown
}

/** A part of the record that a role may or may not see. */
export type Section =
  | 'identity'
  | 'demographics'
  | 'generalPractice'
  | 'allergies'
  | 'medications'
  | 'immunisations'
  | 'diagnoses'
  | 'testResults'
  | 'imagingReports'
  | 'observations'
  | 'procedures'
  | 'appointments'
  | 'encounters'
  | 'documents'
  | 'carePlans'
  | 'socialCare'
  | 'mentalHealth'
  | 'safetyAlerts'
  | 'referrals'

/** Names a participant; the identity function, so that it is typed where it is written. */
export function defineParticipant(participant: Participant): Participant

/**
 * Reads a participant's description.
 *
 * @param json what `participant.json` holds, parsed
 * @throws {DescriptionError} naming every problem at once
 */
export function readParticipantDescription(json: unknown): Omit<Participant, 'extension'>

/** A description that does not hold; each problem names the place in the file and what it takes. */
export class DescriptionError extends Error {
  readonly name: 'DescriptionError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[])
}

/**
 * Runs a participant's subgraph until it is told to stop: reads `.env` and the environment, brings up
 * the embedded PostgreSQL where no DATABASE_URL and no FHIR_BASE_URL is set, and says where it listens.
 * Then it ends the process.
 *
 * @param module `import('./participant.js')`: what is wrong in participant.json is told in lines
 */
export function serveParticipant(
  module: Promise<{ readonly participant: Participant }>,
): Promise<void>

/** The schema that a participant publishes, in GraphQL SDL: the contract, and what it adds to it. */
export function publishedSchema(participant: Participant): Promise<string>

/** What is never shared, as the settings name it; opaque. */
export interface ExclusionLists {
  readonly snomed: ReadonlySet<string>
  readonly loinc: ReadonlySet<string>
  readonly treatmentFunctions: ReadonlySet<string>
  readonly labels: ReadonlySet<string>
  readonly digest: string
}

/**
 * Reads what is never shared: the short list, and the full lists where a folder is given.
 *
 * @throws when any of it cannot be trusted: nothing may run without it
 */
export function loadExclusions(settings?: {
  readonly folder?: string | undefined
  readonly excludesTermination?: boolean
}): Promise<ExclusionLists>

/** A subgraph that listens. */
export interface RunningSubgraph {
  /** `http://host:port/graphql` */
  readonly url: string
  /** Answers what is under way, then closes the port and the database. */
  close(): Promise<void>
}

/**
 * Starts a participant's subgraph, for a server of one's own making: it reads no settings.
 *
 * @param options.databaseUrl `postgres://…`; or `fhir`, where the records stay in a FHIR R4 server
 * @param options.gatewayKeys a URL, a file, or the key set itself (JWKS)
 * @param options.logger as pino takes it; silent when left out
 * @param options.exclusions the short list alone when left out
 * @param options.port a free one when left out or 0
 * @param options.host 127.0.0.1 when left out
 */
export function startSubgraph(options: {
  readonly participant: Participant
  readonly databaseUrl?: string
  readonly fhir?: FhirServerOptions
  readonly gatewayKeys: string | { readonly keys: { readonly kty: string }[] }
  readonly logger?: boolean | { readonly level?: string; readonly name?: string }
  readonly exclusions?: ExclusionLists
  readonly port?: number
  readonly host?: string
}): Promise<RunningSubgraph>

/** The FHIR R4 server in which a participant's records stay. */
export interface FhirServerOptions {
  readonly baseUrl: string
  /** OAuth 2.0 client credentials; left out for a server that lets anybody in. */
  readonly auth?: {
    readonly tokenUrl: string
    readonly clientId: string
    readonly scope?: string
    readonly proof: { readonly secret: string } | { readonly privateKey: { readonly kty: string } }
  }
}
