import type { Kysely } from 'kysely'
import type { AuditDatabase } from '../../audit/store/tables.ts'
import type { BuiltIn } from '../built-in-version.ts'
import type { ServiceCheckOptions } from '../checks/check-service.ts'
import type { RegistryDatabase } from '../store/tables.ts'

/** What publishing works with. */
export interface PublishingParts {
  readonly db: Kysely<RegistryDatabase>
  /** The audit store, for reading: which operations are really used. */
  readonly audit: Kysely<AuditDatabase>
  readonly builtIn: BuiltIn
  /** How a service is asked. */
  readonly service: ServiceCheckOptions
  readonly clock: () => Date
}

/** What a publisher brings. */
export interface Offer {
  /** The schema that the subgraph publishes. */
  readonly sdl: string
  /** `http(s)://host:port/path` of its GraphQL endpoint. */
  readonly url: string
}
