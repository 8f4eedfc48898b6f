import { isIPv6 } from 'node:net'
import type { RequestContext } from '../context.ts'

/** Whose requests are counted together. */
export interface Who {
  readonly key: string
  /** Null where nobody is known to ask. */
  readonly userId: string | null
  readonly odsCode: string | null
}

/**
 * Whose requests these are: a person's at an organisation, however many tokens and roles they have;
 * where nobody is known, an address's. Only what a genuine token says makes a caller: nobody can use
 * up another's share.
 */
export function whoAsks(identity: RequestContext['identity'], address: string): Who {
  if (!('caller' in identity)) return { key: networkOf(address), userId: null, odsCode: null }
  const { userId, odsCode } = identity.caller
  return { key: `${userId} ${odsCode}`, userId, odsCode }
}

/** An IPv6 address by its first half: who has one address has all of that network. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const { hostname } = new URL(`http://[${address.replace(/%.*/, '')}]`)
  const [start = '', end] = hostname.slice(1, -1).split('::')
  const first = start.split(':').filter(Boolean)
  const last = end?.split(':').filter(Boolean) ?? []
  const zeros = end === undefined ? [] : Array(8 - first.length - last.length).fill('0')
  return [...first, ...zeros, ...last].slice(0, 4).join(':')
}
