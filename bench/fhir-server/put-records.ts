import { element } from '../../subgraphs/kit/fhir/elements.ts'
import type { FhirResource } from '../../subgraphs/kit/fhir/resource.ts'
import type { NamedBundle } from '../../subgraphs/kit/load/load-bundles.ts'
import { asOnServer } from '../../test/subgraphs/kit/fhir-server/bundle-on-server.ts'
import { differencesOf } from './differences.ts'

/** What a server made of records that were put on it. */
export interface Held {
  /** Bundles of the resources as it gives them back. */
  readonly bundles: readonly NamedBundle[]
  readonly resources: number
  /** The elements that it gives back otherwise than they were told. */
  readonly altered: readonly string[]
}

/** Puts Bundles on the server at a base URL, resource by resource, and reads them again. */
export async function putRecords(
  baseUrl: string,
  bundlesTold: readonly NamedBundle[],
  onPut: (resources: number) => void,
): Promise<Held> {
  const records = bundlesTold.map(({ name, bundle }) => ({
    name,
    resources: asOnServer(bundle as object),
  }))
  let resources = 0
  for (const resource of records.flatMap((one) => one.resources)) {
    await putResource(baseUrl, resource)
    resources += 1
    onPut(resources)
  }
  // What several Bundles hold under one id is as the last of them has it.
  const last = new Map(records.flatMap((one) => one.resources.map((each) => [keyOf(each), each])))
  const altered = new Set<string>()
  const bundles: NamedBundle[] = []
  // Only now: what is put later alters what is there, as a tag's words.
  for (const { name, resources: given } of records) {
    const entry: object[] = []
    for (const resource of given) {
      const held = await ask(baseUrl, 'GET', resource)
      const told = content(last.get(keyOf(resource)) ?? resource)
      const paths = differencesOf(told, content(held), resource.resourceType)
      for (const path of paths) altered.add(path)
      entry.push({ resource: held })
    }
    bundles.push({ name, bundle: { resourceType: 'Bundle', type: 'collection', entry } })
  }
  return { bundles, resources, altered: [...altered].sort() }
}

/** Puts one resource under its own id. */
export async function putResource(baseUrl: string, resource: FhirResource): Promise<void> {
  await ask(baseUrl, 'PUT', resource)
}

/** A Bundle whose entries tell of the server at a base URL: of a further one they are kept apart. */
export function atServer({ name, bundle }: NamedBundle, baseUrl: string): NamedBundle {
  const { entry, ...others } = bundle as { entry: { resource: FhirResource }[] }
  const told = entry.map(({ resource }) => ({
    fullUrl: `${baseUrl}/${resource.resourceType}/${resource.id}`,
    resource,
  }))
  return { name: `${name} of a further server`, bundle: { ...others, entry: told } }
}

async function ask(
  baseUrl: string,
  method: 'GET' | 'PUT',
  resource: FhirResource,
): Promise<FhirResource> {
  const { resourceType, id } = resource
  const answer = await fetch(`${baseUrl}/${resourceType}/${id}`, {
    method,
    headers: { 'content-type': 'application/fhir+json' },
    ...(method === 'PUT' && { body: JSON.stringify(resource) }),
  })
  const body = (await answer.json()) as FhirResource
  if (!answer.ok) throw new Error(`${method} ${resourceType}/${id}: ${JSON.stringify(body)}`)
  return body
}

function keyOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id}`
}

/** A resource without what each server says of it for itself. */
function content(resource: FhirResource): object {
  const { versionId: _, lastUpdated: __, source: ___, ...meta } = element(resource['meta'])
  return { ...resource, meta }
}
