import { hash } from 'node:crypto'

/** What stands between a server's key and an id; no id as sent may hold it. */
export const SERVER_MARK = '|'

const keys = new Map<string, string>()
const maxKeys = 1000

/**
 * The key of a server by its base URL: the same whether the URL says http or https, and however its
 * host is written. The first 12 hexadecimal digits of a SHA-256.
 */
export function serverKey(base: string): string {
  const known = keys.get(base)
  if (known !== undefined) return known
  const key = hash('sha256', normalise(base)).slice(0, 12)
  if (keys.size >= maxKeys) keys.clear()
  keys.set(base, key)
  return key
}

/** The id under which a resource of a server is stored; as sent where no server is known. */
export function storedId(server: string | null, id: string): string {
  return server === null ? id : `${server}${SERVER_MARK}${id}`
}

/** The key of the server of a stored id; null where none is known. */
export function serverOf(id: string): string | null {
  const end = id.indexOf(SERVER_MARK)
  return end < 0 ? null : id.slice(0, end)
}

/** The name of the server of whatever names none, and of what stands where no Patient does. */
export const LOCAL_SERVER = 'local'

/** The name of a server among those of its participant: its key, or `LOCAL_SERVER`. */
export function serverName(key: string | null): string {
  return key ?? LOCAL_SERVER
}

/** True for a URL that names its host, whatever the scheme. */
export function isAbsolute(url: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(url)
}

/**
 * The base of an absolute URL of a resource: what stands before `Type/id`, or before the last segment
 * of a URL of another form; versions left out. Null for a URL that is not absolute.
 */
export function baseOf(url: unknown): string | null {
  if (typeof url !== 'string' || !isAbsolute(url)) return null
  const plain = (url.split(/[?#]/, 1)[0] ?? '')
    .replace(/\/+$/, '')
    .replace(/\/_history\/[^/]*$/, '')
    .replace(/\/+$/, '')
  const start = plain.indexOf('//') + 2
  const typed = /\/[A-Z][A-Za-z]{1,63}\/[^/]+$/.exec(plain.slice(start))
  if (typed !== null) return plain.slice(0, start + typed.index)
  const end = plain.lastIndexOf('/')
  return end < start ? plain : plain.slice(0, end)
}

/** The key of the server that an http URL of a resource names; null where it names none. */
export function serverInUrl(url: unknown): string | null {
  const base = typeof url === 'string' && /^https?:/i.test(url) ? baseOf(url) : null
  return base === null ? null : serverKey(base)
}

function normalise(base: string): string {
  const url = URL.canParse(base) ? new URL(base) : null
  if (url === null || url.host === '') return base.trim()
  const scheme = /^https?:$/.test(url.protocol) ? '' : url.protocol
  return `${scheme}//${url.host}${url.pathname.replace(/\/+$/, '')}`
}
