import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  isTypeSystemDefinitionNode,
  isTypeSystemExtensionNode,
  parse,
} from 'graphql'
import type { Finding } from '../check.ts'

/** Eight times the contract. */
const MOST_TOKENS = 120_000

/**
 * Reads a published schema: it is GraphQL, holds definitions and nothing else, and is not endless.
 *
 * @returns the document, null when it cannot be read
 */
export function checkParses(sdl: string): {
  readonly findings: readonly Finding[]
  readonly document: DocumentNode | null
} {
  try {
    const document = parse(sdl, { maxTokens: MOST_TOKENS })
    const findings = document.definitions
      .filter((node) => !isTypeSystemDefinitionNode(node) && !isTypeSystemExtensionNode(node))
      .map((node) => ({
        where: placeOf(node),
        message: 'A schema defines types and nothing else: an operation or a fragment begins here.',
        mend: 'Remove it from the file.',
      }))
    return { findings, document: findings.length > 0 ? null : document }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return { findings: [toFinding(error)], document: null }
  }
}

/** Where a definition stands in the published text; null for what comes from elsewhere. */
export function placeOf({ loc }: Pick<ASTNode, 'loc'>): string | null {
  return loc ? `line ${loc.startToken.line}, column ${loc.startToken.column}` : null
}

function toFinding({ message, locations }: GraphQLError): Finding {
  const [place] = locations ?? []
  const what = message
    .replace(/^Syntax Error: /, '')
    .replace(/ found (Block)?String .*$/s, ' found a description')
    .replace(/\.$/, '')
  if (/more tha[nt] \d+ tokens/.test(what)) {
    return {
      where: null,
      message: `The schema is longer than ${MOST_TOKENS} words and signs.`,
      mend: 'Publish the contract and what you add to it, nothing more.',
    }
  }
  return {
    where: place ? `line ${place.line}, column ${place.column}` : null,
    message: `The schema is no GraphQL: ${what}.`,
    mend: 'Correct the text at this place; a bracket or a name just before it is the usual cause.',
  }
}
