import * as z from 'zod'

/** One operation of a manifest. */
export interface ManifestEntry {
  /** As the manifest calls it. */
  readonly id: string
  readonly body: string
}

/** No app has more. */
const MOST_OPERATIONS = 1000

/** No honest operation is longer: the gateway takes no more in a request. */
const LONGEST_BODY = 256 * 1024

const id = z.string().min(1).max(200)
const body = z.string().min(1).max(LONGEST_BODY)

/** Apollo's persisted query manifest, as `@apollo/generate-persisted-query-manifest` writes it. */
const apollo = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id, body })),
})

/** Bodies by their hashes, as graphql-codegen's client preset writes `persisted-documents.json`. */
const codegen = z.record(id, body)

/** Reads a team's manifest in either of two known forms; a sentence on what is wrong with it otherwise. */
export function readManifest(
  body: unknown,
): readonly ManifestEntry[] | { readonly problem: string } {
  const asApollo = apollo.safeParse(body)
  const asCodegen = asApollo.success ? null : codegen.safeParse(body)
  const entries = asApollo.success
    ? asApollo.data.operations
    : asCodegen?.success
      ? Object.entries(asCodegen.data).map(([key, text]) => ({ id: key, body: text }))
      : null
  if (!entries) {
    return {
      problem: `The manifest must be {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "…", "name": "…", "type": "query", "body": "…"}]}, or {"<hash>": "<operation>"}; an operation may have ${LONGEST_BODY} characters.`,
    }
  }
  // A build that went wrong writes one; with `replace` it would retire everything.
  if (entries.length === 0) {
    return { problem: 'The manifest holds no operation: was it written before the build was over?' }
  }
  if (entries.length > MOST_OPERATIONS) {
    return { problem: `The manifest may have ${MOST_OPERATIONS} operations at most.` }
  }
  return entries
}
