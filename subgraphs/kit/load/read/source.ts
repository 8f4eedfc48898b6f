import { serverKey } from './server.ts'

/** What `--source` says is neither a name nor a base URL. */
export class SourceError extends Error {}

const name = /^[a-z0-9][a-z0-9-]{0,30}$/
/** What `serverKey` makes of a URL: no name may pass for it. */
const urlKey = /^[0-9a-f]{12}$/

/**
 * The key of the server that a load names: by its base URL, as a `fullUrl` of that base gives it, or
 * by a name that the participant keeps to.
 *
 * @throws {SourceError} saying what may stand there
 */
export function readSource(source: string): string {
  if (/^https?:\/\//i.test(source) && URL.canParse(source)) return serverKey(source)
  if (name.test(source) && !urlKey.test(source)) return source
  throw new SourceError(
    'the source must be a name of small letters, digits and hyphens (at most 31, such as royal-oak-lab) or a base URL such as https://fhir.hospital.example/r4',
  )
}
