import {
  buildASTSchema,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { acceptedLeaf } from '../../gateway/quarantine/check-leaf.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { participantDocument, recordTypeName } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { toObject } from './json.ts'

/** A section of the contract. */
export interface ContractSection {
  readonly name: string
  /** How many entries stand for none told; null for all of them. */
  readonly defaultFirst: number | null
  readonly connection: GraphQLObjectType
  /** The type of its entries, such as `Allergy`. */
  readonly item: GraphQLObjectType
  /** Every state that an entry can be in. */
  readonly states: readonly string[]
}

/** The schema that a participant has to publish, in the contract's words. */
export async function contractSchemaOf(participant: Participant): Promise<GraphQLSchema> {
  const { extension: _, ...plain } = participant
  const document = participantDocument(plain, await readContract())
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true })
}

/** The sections of a participant's record; none for one that is view-only. */
export function contractSectionsOf(schema: GraphQLSchema, code: string): ContractSection[] {
  const record = schema.getType(recordTypeName(code))
  if (!isObjectType(record)) return []
  return Object.values(record.getFields()).flatMap((field) => {
    const connection = getNamedType(field.type)
    if (!isObjectType(connection) || !connection.name.endsWith('Connection')) return []
    const item = getNamedType(connection.getFields()['nodes']?.type)
    if (!isObjectType(item)) return []
    const first = field.args.find(({ name }) => name === 'first')?.defaultValue
    const status = getNamedType(item.getFields()['status']?.type)
    const states = isEnumType(status) ? status.getValues().map(({ name }) => name) : []
    const defaultFirst = typeof first === 'number' ? first : null
    return [{ name: field.name, defaultFirst, connection, item, states }]
  })
}

/** A selection of every field of a type, and of theirs; of a leaf nothing. */
export function wholeSelection(type: unknown): string {
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields()).map(
    (field) => `${field.name} ${wholeSelection(getNamedType(field.type))}`,
  )
  return `{ ${fields.join(' ')} }`
}

/**
 * Where a value that was asked for whole is not what the schema says: `Allergy.criticality`; null where
 * all of it is.
 */
export function violationIn(type: GraphQLOutputType, value: unknown, where: string): string | null {
  if (isNonNullType(type)) {
    return value === null || value === undefined ? where : violationIn(type.ofType, value, where)
  }
  if (value === null) return null
  if (isListType(type)) {
    if (!Array.isArray(value)) return where
    return firstOf(value, (one) => violationIn(type.ofType, one, where))
  }
  if (isLeafType(type)) return acceptedLeaf(type)(value) ? null : where
  const object = toObject(value)
  if (!object || !isObjectType(type)) return where
  return firstOf(Object.values(type.getFields()), (field) =>
    violationIn(field.type, object[field.name], `${type.name}.${field.name}`),
  )
}

function firstOf<Value>(values: readonly Value[], find: (value: Value) => string | null) {
  for (const value of values) {
    const found = find(value)
    if (found !== null) return found
  }
  return null
}
