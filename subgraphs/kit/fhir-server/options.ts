import type { ClientCredentials } from '../client-credentials/credentials.ts'

/** The FHIR R4 server in which a participant's records stay. */
export interface FhirServerOptions {
  /** `https://fhir.trust.nhs.uk/R4`: everything asked, and every page followed, lies under it. */
  readonly baseUrl: string
  /** Left out for a server that lets anybody in, as on a developer's machine. */
  readonly auth?: ClientCredentials
  readonly limits?: Partial<FhirServerLimits>
}

/** What one request may cost. Beyond it the request fails: a record cut short is none. */
export interface FhirServerLimits {
  /** Connections to the server, and so searches at the same time. */
  readonly connections: number
  /** Resources asked for a page; the server may send fewer. */
  readonly pageSize: number
  readonly maxPages: number
  readonly maxResources: number
  readonly maxBytes: number
}

/** The limits where nothing else is said. */
export const usualLimits: FhirServerLimits = {
  connections: 16,
  pageSize: 200,
  maxPages: 200,
  maxResources: 20_000,
  maxBytes: 64 * 1024 * 1024,
}
