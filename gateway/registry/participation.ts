import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql'
import type { Participation } from '../../subgraphs/kit/generated/contract.ts'

/** What every record type implements. */
const RECORD = 'CareRecord'

/**
 * What a participant publishes against its participation, one sentence each: who only views publishes
 * no patient record.
 */
export function participationProblems(
  name: string,
  participation: Participation,
  document: DocumentNode,
): string[] {
  if (participation !== 'VIEW_ONLY') return []
  const records = document.definitions.filter(isRecord).map((node) => node.name.value)
  return records.map(
    (type) =>
      `${name} only views and may publish no patient record: remove the type ${type}, or let the participant contribute`,
  )
}

function isRecord(
  node: DefinitionNode,
): node is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  const isType =
    node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
  return isType && node.interfaces?.some((each) => each.name.value === RECORD) === true
}
