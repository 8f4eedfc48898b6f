import { parseFhir } from '../../fhir/parse-fhir.ts'
import type { RefusalReason } from '../report.ts'
import { checkedUtf8, findNotUtf8, NotUtf8Error } from './check-utf8.ts'
import type { LoadSource } from './find-sources.ts'
import { type LocatedPiece, pieceStream } from './piece-stream.ts'
import { senderOf } from './sender.ts'

/** What a Bundle says about one of its entries; a resource that stands alone has `resource` only. */
export interface BundleEntry {
  readonly fullUrl?: unknown
  readonly resource?: unknown
  readonly request?: unknown
  readonly response?: unknown
}

/** One entry of a Bundle, or one resource that stands alone. */
export interface Entry {
  readonly file: string
  /** Where in the file, as a refusal names it. */
  readonly place: string
  /** Entries of one Bundle share it; 0 for resources outside of any Bundle. */
  readonly scope: number
  /** True for an entry of a history, whose newest state comes first. */
  readonly isOfHistory: boolean
  /** The key of the system that sent the Bundle, where its first entry says so. */
  readonly sender: string | null
  readonly content: BundleEntry
  /** The JSON in which the entry or lone resource came, if it came as text. */
  readonly text: string | null
  readonly problem: RefusalReason | null
}

/** Where an entry stands. */
interface Site {
  readonly file: string
  readonly place: string
  readonly scope: number
  readonly isOfHistory: boolean
  readonly sender: string | null
}

/** The Bundle that is being read from a file. */
interface OpenBundle {
  root: string
  scope: number
  sender: string | null
}

const alone = { place: '', scope: 0, isOfHistory: false, sender: null }

/** Reads sources one after the other into entries. */
export class EntryReader {
  #scopes = 0

  /**
   * Hands a source's entries over in portions, as they are read. What is not UTF-8 is looked for before: a file in
   * another encoding would be taken in by half, or with its letters lost.
   *
   * @throws {NotUtf8Error} for what can be read once only; everything else is a `problem`
   */
  async *read(source: LoadSource, onBytes: (bytes: number) => void): AsyncGenerator<Entry[]> {
    const file = source.name
    if ('bundle' in source) {
      yield this.#expand(source.bundle, { file, ...alone }, null)
      return
    }
    const bundle: OpenBundle = { root: '', scope: 0, sender: null }
    try {
      const bad = source.isOnce ? null : await findNotUtf8(source.open(() => {}))
      if (bad !== null) {
        yield [broken({ file, ...alone, place: bad }, 'NOT_UTF8')]
        return
      }
      const bytes = source.open(onBytes)
      const chunks = source.isOnce ? checkedUtf8(bytes) : bytes
      for await (const pieces of pieceStream(file, chunks)) {
        yield pieces.flatMap((piece) => this.#parse(file, piece, bundle))
      }
    } catch (error) {
      if (error instanceof NotUtf8Error) throw error
      // Unreadable, or not the gzip that its name promises: what came before stays.
      yield [broken({ file, ...alone }, 'UNREADABLE_FILE')]
    }
  }

  #parse(file: string, piece: LocatedPiece, bundle: OpenBundle): Entry[] {
    const root = `${piece.line}/${piece.root}`
    if (piece.entry !== null && bundle.root !== root) {
      bundle.root = root
      bundle.scope = ++this.#scopes
      bundle.sender = null
    }
    const place = [
      ...(piece.line === null ? [] : [`line ${piece.line}`]),
      ...(piece.entry === null ? [] : [`entry[${piece.entry}]`]),
    ].join(', ')
    const site = {
      ...(piece.entry === null ? alone : { scope: bundle.scope, sender: bundle.sender }),
      isOfHistory: isHistory(piece.bundleType),
      file,
      place,
    }
    if (piece.problem !== null) return [broken(site, piece.problem)]
    let value: unknown
    try {
      value = parseFhir(piece.text)
    } catch {
      return [broken(site, 'BROKEN_JSON')]
    }
    if (piece.entry === null) return this.#expand(value, site, piece.text)
    if (piece.entry === 0) bundle.sender = senderOf(value)
    return this.#entry(value, { ...site, sender: bundle.sender }, piece.text)
  }

  /** A resource, or all entries of a Bundle. */
  #expand(value: unknown, site: Site, text: string | null): Entry[] {
    if (!isObject(value)) return [broken(site, 'NOT_A_RESOURCE')]
    if (value['resourceType'] !== 'Bundle') {
      return [{ ...site, content: { resource: value }, text, problem: null }]
    }
    const entries = value['entry'] ?? []
    if (!Array.isArray(entries)) return [broken(site, 'NOT_A_RESOURCE')]
    const scope = ++this.#scopes
    const sender = senderOf(entries[0]) ?? site.sender
    const isOfHistory = isHistory(value['type'])
    return entries.flatMap((entry: unknown, index) => {
      const place = `${site.place}${site.place === '' ? '' : '.'}entry[${index}]`
      return this.#entry(entry, { file: site.file, place, scope, isOfHistory, sender }, null)
    })
  }

  #entry(value: unknown, site: Site, text: string | null): Entry[] {
    if (!isObject(value)) return [broken(site, 'NOT_A_RESOURCE')]
    const resource = value['resource']
    if (isObject(resource) && resource['resourceType'] === 'Bundle') {
      return this.#expand(resource, { ...site, place: `${site.place}.resource` }, null)
    }
    // Some exports are an array of resources where a Bundle should be.
    const isBare = resource === undefined && typeof value['resourceType'] === 'string'
    return [{ ...site, content: isBare ? { resource: value } : value, text, problem: null }]
  }
}

function isHistory(bundleType: unknown): boolean {
  return bundleType === 'history'
}

function broken(site: Site, problem: RefusalReason): Entry {
  return { ...site, content: {}, text: null, problem }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
