import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql'

/** The type of a patient, the type that gets the merged fields. */
export const PATIENT = 'Patient'

/** The interface of every source's record. */
export const CARE_RECORD = 'CareRecord'

/** One section of the record: a field of CareRecord that gives a connection. */
export interface Section {
  readonly name: string
  readonly connectionType: string
  /** How many entries a page holds when the client does not say; null for the whole list. */
  readonly defaultFirst: number | null
  /** The type of its entries. */
  readonly entryType: string
  /** The fields of its entries. */
  readonly entryFields: ReadonlySet<string>
  /** Whether a source can be asked for entries in certain states. */
  readonly hasStates: boolean
}

/** What merging has to know of a schema; all of it is read from the schema itself. */
export interface RecordModel {
  readonly sections: ReadonlyMap<string, Section>
  /** Names of the types from which a patient can be reached. */
  readonly leadsToPatient: ReadonlySet<string>
}

const models = new WeakMap<GraphQLSchema, RecordModel>()

/** Reads the sections and the ways to a patient from a schema, once. */
export function modelOf(schema: GraphQLSchema): RecordModel {
  const known = models.get(schema)
  if (known) return known
  const model = { sections: sectionsOf(schema), leadsToPatient: waysToPatient(schema) }
  models.set(schema, model)
  return model
}

/** The code of the participant that publishes a record type: `NelRecord` → `nel`. */
export function participantOf(recordType: string): string {
  return recordType.replace(/Record$/, '').toLowerCase()
}

function sectionsOf(schema: GraphQLSchema): Map<string, Section> {
  const record = schema.getType(CARE_RECORD)
  if (!isInterfaceType(record)) throw new Error(`The schema has no interface ${CARE_RECORD}`)
  const sections = new Map<string, Section>()
  for (const field of Object.values(record.getFields())) {
    const connectionType = getNamedType(field.type).name
    if (!connectionType.endsWith('Connection')) continue
    const entry = nodesOf(schema.getType(connectionType))
    const first: unknown = field.args.find(({ name }) => name === 'first')?.defaultValue
    sections.set(field.name, {
      name: field.name,
      connectionType,
      defaultFirst: typeof first === 'number' ? first : null,
      entryType: entry?.name ?? '',
      entryFields: fieldsOf(entry),
      hasStates: field.args.some(({ name }) => name === 'status'),
    })
  }
  return sections
}

function nodesOf(connection: GraphQLNamedType | undefined): GraphQLNamedType | undefined {
  const nodes = isObjectType(connection) ? connection.getFields()['nodes'] : undefined
  return nodes && getNamedType(nodes.type)
}

function fieldsOf(type: GraphQLNamedType | undefined): ReadonlySet<string> {
  return new Set(isObjectType(type) ? Object.keys(type.getFields()) : [])
}

function waysToPatient(schema: GraphQLSchema): Set<string> {
  const types = Object.values(schema.getTypeMap()).filter(isCompositeType)
  const found = new Set([PATIENT])
  let before = 0
  while (found.size > before) {
    before = found.size
    for (const type of types) {
      if (nextTypes(schema, type).some(({ name }) => found.has(name))) found.add(type.name)
    }
  }
  return found
}

function nextTypes(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLNamedType[] {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : []
  if (isUnionType(type) || !(isObjectType(type) || isInterfaceType(type))) return possible
  return [...possible, ...Object.values(type.getFields()).map((field) => getNamedType(field.type))]
}
