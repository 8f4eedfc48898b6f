import { randomBytes } from 'node:crypto'
import type { AnchorFile } from '../anchor.ts'
import type { SignHead } from '../head.ts'
import { BEGINNING } from './audit-store.ts'
import { type ChainEnd, toHead } from './batch.ts'

/** What a chain is begun with. */
export interface ChainParts {
  /** Opens the anchor of a new chain. */
  openAnchor(writer: string): AnchorFile
  readonly sign: SignHead
  readonly clock: () => Date
}

/** A chain as its writer keeps it. */
export interface OwnChain {
  readonly writer: string
  readonly anchor: AnchorFile
  end: ChainEnd
  /** Of the end. */
  signature: string
  /** Where it was signed last in the chain itself, in milliseconds since 1970. */
  signedAt: { readonly sequence: number; readonly time: number }
}

/** Begins a chain, with a name that nobody else's has. */
export function beginChain({ openAnchor, sign, clock }: ChainParts): OwnChain {
  const now = clock()
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const writer = `${time}-${randomBytes(4).toString('hex')}`
  const signature = sign(toHead(writer, BEGINNING))
  const anchor = openAnchor(writer)
  anchor.write({ committed: signature, underway: null })
  const signedAt = { sequence: 0, time: now.getTime() }
  return { writer, anchor, end: BEGINNING, signature, signedAt }
}
