import {
  getNamedType,
  getOperationAST,
  isCompositeType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  print,
} from 'graphql'
import { collectFields, type SelectionScope, selectionSetsOf } from '../record/collect-fields.ts'
import { conditionsIn, conditionVariables } from '../record/conditions.ts'
import { fragmentsOf } from '../record/used-definitions.ts'
import { isIncluded, type Variables } from '../record/values.ts'
import { type CheckedField, type CheckScope, checkedFields } from './check-value.ts'
import {
  DEMOGRAPHICS_KEY,
  ENTITIES,
  isRecordType,
  NUMBER_KEY,
  withIdentity,
} from './identity-selection.ts'
import { type SectionPlan, sectionPlan } from './section-plan.ts'

/** A field of an entity, or of an answer without entities. */
export interface PartPlan extends CheckedField {
  /** True where null and an error can stand for it: a section, or another object that may be null. */
  readonly isSection: boolean
  /** What a section's parts are told by; null for what is none of the contract's sections. */
  readonly section: SectionPlan | null
  /** True for what the gateway asks for itself. */
  readonly isAdded: boolean
}

/** What an entity is to hold, or an answer without entities. */
export interface EntityPlan {
  readonly isRecord: boolean
  readonly parts: readonly PartPlan[]
}

/** A source's query with what its answer is to hold. */
export interface PreparedQuery {
  /** The text to send. */
  readonly text: string
  /**
   * What an entity of a type is to hold, or, without a type, the whole answer; null for a type that
   * is none of the schema's.
   */
  planOf(variables: Variables, typeName?: string): EntityPlan | null
}

/** So many plans are kept for one query: each condition doubles them. */
const KEPT_PLANS = 64

/**
 * Reads a query for a source, once for all values of its variables.
 *
 * @throws GraphQLError when it is none; Error when it asks for what is not in the schema
 */
export function prepareQuery(
  query: { readonly text: string; readonly operationName?: string | undefined },
  given: Pick<CheckScope, 'schema' | 'maxEntries' | 'participant'>,
): PreparedQuery {
  const document = withIdentity(parse(query.text, { noLocation: true }), given.schema)
  const operation = getOperationAST(document, query.operationName)
  if (!operation) throw new Error('A source is asked nothing')
  const conditions = conditionVariables(document)
  const plans = new Map<string, EntityPlan | null>()
  const fragments = fragmentsOf(document)
  return {
    text: print(document),
    planOf(variables, typeName) {
      const key = `${conditionsIn(conditions, operation, variables)} ${typeName ?? ''}`
      const known = plans.get(key)
      if (known !== undefined) return known
      const scope = {
        ...given,
        fragments,
        isIncluded: (node: Parameters<SelectionScope['isIncluded']>[0]) =>
          isIncluded(node, operation, variables),
      }
      const plan = planOf(scope, operation, typeName)
      if (plans.size < KEPT_PLANS) plans.set(key, plan)
      return plan
    },
  }
}

function planOf(
  scope: CheckScope,
  operation: OperationDefinitionNode,
  typeName: string | undefined,
): EntityPlan | null {
  const { schema } = scope
  const { selectionSet } = operation
  const root = schema.getRootType(operation.operation)
  if (!root) return null
  if (typeName === undefined) {
    const parts = checkedFields(scope, root, [selectionSet]).map((field) => toPart(field, null))
    return { isRecord: false, parts }
  }
  const type = schema.getType(typeName)
  if (!isObjectType(type)) return null
  const entities = collectFields(scope, root, [selectionSet]).get(ENTITIES) ?? []
  return {
    isRecord: isRecordType(schema, typeName),
    parts: checkedFields(scope, type, selectionSetsOf(entities)).map((field) =>
      toPart(field, sectionPlan(scope, field, operation)),
    ),
  }
}

function toPart(field: CheckedField, section: SectionPlan | null): PartPlan {
  const { key, type } = field
  return {
    ...field,
    section,
    isAdded: key === NUMBER_KEY || key === DEMOGRAPHICS_KEY,
    isSection: !isNonNullType(type) && isCompositeType(getNamedType(type)),
  }
}
