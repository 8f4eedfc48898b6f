import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql'
import { CARE_RECORD } from '../record/model.ts'
import { nameNode, selectionsOf } from '../record/selections.ts'

/** Twice prefixed: neither a client's key nor the generated key of one can be the same. */
export const NUMBER_KEY = 'lcr_lcr_nhsNumber'
export const DEMOGRAPHICS_KEY = 'lcr_lcr_demographics'

/** The field that gives the entities of a source. */
export const ENTITIES = '_entities'

const IDENTITY = selectionsOf(
  `{ ${NUMBER_KEY}: nhsNumber ${DEMOGRAPHICS_KEY}: demographics { birthDate name { text given family } } }`,
)

/**
 * A source's query that also asks every record whom it is about, whatever was selected: the planner
 * itself never asks for the key that it has.
 */
export function withIdentity(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = recordTypesIn(document, schema)
  if (types.size === 0) return document
  const added = [...types].map(onType)
  return visit(document, {
    Field(node): FieldNode | undefined {
      if (node.name.value !== ENTITIES || !node.selectionSet) return
      const selections = [...node.selectionSet.selections, ...added]
      return { ...node, selectionSet: { ...node.selectionSet, selections } }
    },
  })
}

/** Whether a type is a participant's record of a patient. */
export function isRecordType(schema: GraphQLSchema, typeName: string): boolean {
  const [record, type] = [schema.getType(CARE_RECORD), schema.getType(typeName)]
  return isInterfaceType(record) && isObjectType(type) && schema.isSubType(record, type)
}

function recordTypesIn(document: DocumentNode, schema: GraphQLSchema): Set<string> {
  const types = new Set<string>()
  visit(document, {
    NamedType({ name }) {
      if (isRecordType(schema, name.value)) types.add(name.value)
    },
  })
  return types
}

function onType(name: string): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: nameNode(name) },
    selectionSet: { kind: Kind.SELECTION_SET, selections: IDENTITY },
  }
}
