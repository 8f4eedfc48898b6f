import { type Identity, identityInUrl } from '../read/identity.ts'
import { isAbsolute, SERVER_MARK, serverOf, storedId } from '../read/server.ts'
import type { Bearer, LocalName, ScopedUrn, Stage } from '../stage/stage.ts'
import { isUrn } from './references.ts'

/** A resource's JSON, whose it is, and the Bundle in which it came. */
export interface ScopedJson {
  readonly json: string
  /** Below 0 for what is stored, and so bound. */
  readonly scope: number
  readonly id: string
  /** True when its own URL names its server. */
  readonly isBased: boolean
}

/** The part of a stage that says what the names of one Bundle mean. */
type Names = Pick<Stage, 'findUrns' | 'findBearers'>

// No reference is as long as that; files in a `data:` URL are, and are passed over.
const pointer = /"(reference|url)"(\s*:\s*)"((?:[^"\\]|\\.){1,1000})"/g

/**
 * Replaces the references that mean something on their own server or in their own Bundle only, URNs
 * and relative ones, with `Type/id` under which the store knows what they mean. Everything else
 * stays as written: absolute URLs, conditions, identifiers, and a URN that no entry bears.
 */
export async function bindReferences(
  names: Names,
  documents: readonly ScopedJson[],
): Promise<string[]> {
  const urns = new Map<string, ScopedUrn>()
  const locals = new Map<string, LocalName>()
  for (const document of documents.filter(({ scope }) => scope > 0)) {
    for (const written of pointersIn(document.json)) {
      const local = localName(written, document)
      if (isUrn(written))
        urns.set(keyOf(document, written), { scope: document.scope, urn: written })
      else if (local !== null) locals.set(keyOf(document, local), local)
    }
  }
  const meanings = await findAll(urns, (wanted) => names.findUrns(wanted))
  const bearers = await findAll(locals, (wanted) => names.findBearers(wanted))
  return documents.map((document) =>
    document.scope < 0 ? document.json : bind(document, { meanings, bearers }),
  )
}

interface Found {
  readonly meanings: ReadonlyMap<string, string | null>
  readonly bearers: ReadonlyMap<string, readonly Bearer[]>
}

function bind(document: ScopedJson, { meanings, bearers }: Found): string {
  return document.json.replace(pointer, (whole, name: string, colon: string, escaped: string) => {
    const written = plain(escaped)
    if (!isBound(name, written)) return whole
    const local = localName(written, document)
    const meaning = isUrn(written)
      ? (meanings.get(keyOf(document, written)) ?? null)
      : local === null
        ? disarmed(written)
        : meaningOf(local, document, bearers.get(keyOf(document, local)) ?? [])
    return meaning === null ? whole : `"${name}"${colon}${JSON.stringify(meaning)}`
  })
}

/**
 * A relative reference means what its server has under that name. Within its Bundle, where entries
 * may stand without URLs, it means the one entry that bears the name; an entry of a named server
 * means none of another.
 */
function meaningOf(
  { type, ownId }: LocalName,
  document: ScopedJson,
  bearers: readonly Bearer[],
): string | null {
  const server = serverOf(document.id)
  const home = storedId(server, ownId)
  const isHome = bearers.some(({ id }) => id === home)
  const eligible = document.isBased ? bearers.filter(({ isBased }) => !isBased) : bearers
  const ids = new Set(eligible.map(({ id }) => id))
  const [only = home] = ids
  const id = ids.size === 1 && !(document.isBased && isHome) ? only : home
  // What means the same as it stands keeps how it was written, with its version.
  return id === ownId ? null : `${type}/${id}`
}

function localName(written: string, { scope, isBased }: ScopedJson): LocalName | null {
  if (isAbsolute(written) || written.startsWith('#') || written.includes('?')) return null
  const identity: Identity | null = identityInUrl(written)
  return identity === null ? null : { scope, type: identity.type, ownId: identity.id, isBased }
}

/** Nobody may name an id of another server by what the store writes before it. */
function disarmed(written: string): string | null {
  const isPlain = isAbsolute(written) || written.startsWith('#') || written.includes('?')
  return isPlain || !written.includes(SERVER_MARK)
    ? null
    : written.replaceAll(SERVER_MARK, encodeURIComponent(SERVER_MARK))
}

/** An attachment points at a Binary as a reference does; other URLs are no references. */
function isBound(name: string, written: string): boolean {
  return name === 'reference' || isUrn(written) || /^(\.?\/)?Binary\//.test(written)
}

function pointersIn(json: string): string[] {
  const found: string[] = []
  for (const [, name = '', , escaped = ''] of json.matchAll(pointer)) {
    const written = plain(escaped)
    if (isBound(name, written)) found.push(written)
  }
  return found
}

function plain(escaped: string): string {
  if (!escaped.includes('\\')) return escaped.trim()
  try {
    return String(JSON.parse(`"${escaped}"`)).trim()
  } catch {
    return escaped
  }
}

function keyOf({ scope, isBased }: ScopedJson, name: string | LocalName): string {
  if (typeof name === 'string') return `${scope} ${name}`
  return `${scope} ${isBased} ${name.type}/${name.ownId}`
}

async function findAll<Question, Answer>(
  questions: ReadonlyMap<string, Question>,
  find: (questions: Question[]) => Promise<Answer[]>,
): Promise<Map<string, Answer>> {
  if (questions.size === 0) return new Map()
  const answers = await find([...questions.values()])
  return new Map([...questions.keys()].map((key, index) => [key, answers[index] as Answer]))
}
