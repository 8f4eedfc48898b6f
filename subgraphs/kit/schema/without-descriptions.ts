import { type DocumentNode, visit } from 'graphql'

/**
 * A schema without its descriptions, for execution: they are two thirds of the text, and every
 * process that starts would parse, check and print them. The published file has them.
 */
export function withoutDescriptions(document: DocumentNode): DocumentNode {
  return visit(document, {
    StringValue: (_node, key) => (key === 'description' ? null : undefined),
  })
}
