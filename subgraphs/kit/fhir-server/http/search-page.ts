import { element, elements, isElement, text } from '../../fhir/elements.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import { FhirServerError } from '../fhir-server-error.ts'

/** A resource with the id under which the server holds it. */
export interface ServerResource extends FhirResource {
  readonly id: string
}

/** One page of what a search found. */
export interface SearchPage {
  /** What was searched for; included resources are left aside. */
  readonly resources: readonly ServerResource[]
  /** How many there are on all pages, where the server says so. */
  readonly total: number | null
  /** The link to the next page as the server wrote it; null on the last one. */
  readonly next: string | null
}

/**
 * Reads a searchset Bundle.
 *
 * @throws NOT_A_SEARCHSET for anything else, and where an entry or the server itself says that
 *   something is wrong: half an answer is none
 */
export function readSearchPage(body: unknown, resourceType: string): SearchPage {
  const bundle = element(body)
  if (bundle['resourceType'] !== 'Bundle' || bundle['type'] !== 'searchset') throw notASearchset()
  const entries = bundle['entry'] ?? []
  if (!Array.isArray(entries)) throw notASearchset()
  const total = bundle['total']
  return {
    resources: entries.flatMap((entry: unknown) => readEntry(entry, resourceType)),
    total: typeof total === 'number' ? total : null,
    next: nextOf(bundle['link']),
  }
}

/**
 * Reads a resource of the type that was asked for.
 *
 * @throws NOT_A_SEARCHSET where it is another, or has no id that can be searched by
 */
export function readResource(source: unknown, resourceType: string): ServerResource {
  if (!isElement(source) || source['resourceType'] !== resourceType) throw notASearchset()
  const { id } = source
  if (typeof id !== 'string' || !SEARCHABLE_ID.test(id)) throw notASearchset()
  return source as FhirResource & { readonly id: string }
}

/** Without what separates, escapes or ends a value in a search. */
const SEARCHABLE_ID = /^[^\s/?#,|$\\]{1,255}$/

function readEntry(entry: unknown, resourceType: string): ServerResource[] {
  const { resource, search } = element(entry)
  const type = element(resource)['resourceType']
  if (type === 'OperationOutcome') {
    const issues = elements(element(resource)['issue'])
    const isBroken = issues.some(({ severity }) => severity === 'error' || severity === 'fatal')
    if (isBroken) throw notASearchset()
    return []
  }
  if (element(search)['mode'] === 'include') return []
  return [readResource(resource, resourceType)]
}

function nextOf(links: unknown): string | null {
  const next = elements(links).find((link) => link['relation'] === 'next')
  if (next === undefined) return null
  const url = text(next['url'])
  if (url === null) throw new FhirServerError('BAD_NEXT_LINK')
  return url
}

function notASearchset(): FhirServerError {
  return new FhirServerError('NOT_A_SEARCHSET')
}
