import { type DocumentNode, parse } from 'graphql'
import { LRUCache } from 'lru-cache'

const parsed = new LRUCache<string, DocumentNode>({ max: 100 })

/** Parses a schema that is known to parse, once for as long as it stays the same. */
export function parseKnown(sdl: string): DocumentNode {
  const known = parsed.get(sdl)
  if (known) return known
  const document = parse(sdl, { noLocation: true })
  parsed.set(sdl, document)
  return document
}
