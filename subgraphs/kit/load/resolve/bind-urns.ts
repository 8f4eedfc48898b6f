import type { ScopedUrn, Stage } from '../stage/stage.ts'

/** A resource's JSON and the Bundle in which it came. */
export interface ScopedJson {
  readonly json: string
  readonly scope: number
}

const reference = /("(?:reference|url)"\s*:\s*")(urn:(?:uuid|oid):[^"\\]+)"/gi

/**
 * Replaces the URNs by which entries of one Bundle refer to each other with `Type/id`, since they
 * mean nothing outside of it. One that no entry bears stays. Everything else stays as written.
 */
export async function bindUrns(
  stage: Pick<Stage, 'findUrns'>,
  documents: readonly ScopedJson[],
): Promise<string[]> {
  const wanted = new Map<string, ScopedUrn>()
  for (const { json, scope } of documents) {
    if (!json.includes('"urn:')) continue
    for (const [, , urn = ''] of json.matchAll(reference))
      wanted.set(`${scope} ${urn}`, { scope, urn })
  }
  if (wanted.size === 0) return documents.map(({ json }) => json)
  const found = await stage.findUrns([...wanted.values()])
  const meanings = new Map([...wanted.keys()].map((key, index) => [key, found[index] ?? null]))
  return documents.map(({ json, scope }) => {
    if (!json.includes('"urn:')) return json
    return json.replace(reference, (whole, before: string, urn: string) => {
      const meaning = meanings.get(`${scope} ${urn}`) ?? null
      return meaning === null ? whole : `${before}${meaning}"`
    })
  })
}
