import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'

/** Resources of a transaction as a server holds them: references between its entries by type and id. */
export function asOnServer(bundle: object): FhirResource[] {
  const { entry } = bundle as { entry: { fullUrl: string; resource: FhirResource }[] }
  const places = new Map(
    entry.map(({ fullUrl, resource }) => [fullUrl, `${resource.resourceType}/${resource.id}`]),
  )
  const bound = JSON.stringify(entry.map(({ resource }) => resource)).replace(
    /"(reference|url)":"(urn:uuid:[^"]+)"/g,
    (whole, name: string, urn: string) =>
      places.has(urn) ? `"${name}":"${places.get(urn)}"` : whole,
  )
  return JSON.parse(bound) as FhirResource[]
}
