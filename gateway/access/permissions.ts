import { type FieldNode, type GraphQLSchema, isInterfaceType, Kind } from 'graphql'
import { allow, rule, type ShieldRule, type TypeRules } from '../../subgraphs/kit/shield.ts'
import type { RoleGroup } from './roles.ts'
import {
  actions,
  demographicsFields,
  fieldsHiddenFromSome,
  hidesField,
  hidesWithin,
  maySee,
  type Section,
  sections,
  seesEverything,
} from './sections.ts'

/** What the rules decide by. */
export interface RoleContext {
  readonly group: RoleGroup
}

/** Where a patient's own fields stand in the table; sections of the record stand under their names. */
const patientFields: Readonly<Record<string, Section>> = {
  nhsNumber: 'identity',
  server: 'identity',
  requestedNhsNumber: 'identity',
  supersededNhsNumbers: 'identity',
  identity: 'identity',
  name: 'identity',
  otherNames: 'identity',
  formerNames: 'identity',
  birthDate: 'identity',
  gender: 'identity',
  deceasedAt: 'identity',
  isDeceased: 'identity',
  isSensitive: 'identity',
  asOf: 'identity',
  // What is in these is decided field by field.
  demographics: 'identity',
  records: 'identity',
  sources: 'identity',
  // Of its sections the role's own are asked for.
  timeline: 'identity',
  ...demographicsFields,
  address: 'demographics',
  postcode: 'demographics',
}

const isSection = (name: string): name is Section => (sections as readonly string[]).includes(name)

/**
 * The permissions tree for graphql-shield: one rule for every field that leads into a record, in the
 * gateway's schema with its merged fields. Interfaces are expanded to their implementers, since
 * shield ignores rules of interfaces. A field that the tables do not know is for groups that see
 * everything; a root field that they do not know is for nobody.
 *
 * @param extensions the section of a field beyond the contract, by `Type.field`
 */
export function permissionTree(
  schema: GraphQLSchema,
  extensions: Readonly<Record<string, Section>>,
): Record<string, TypeRules> {
  const record = schema.getType('CareRecord')
  const records = isInterfaceType(record) ? schema.getPossibleTypes(record) : []
  const sectionOf = sectionsOfFields(extensions)
  const tree: Record<string, TypeRules> = {}
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    if (root) tree[root.name] = rulesOf(Object.keys(root.getFields()), ruleOfAction)
  }
  const patientTypes = [
    'Patient',
    'PatientMatch',
    'Demographics',
    ...records.map(({ name }) => name),
  ]
  for (const type of patientTypes) {
    tree[type] = rulesOf(fieldsOf(schema, type), (field) => {
      const section = sectionOf(type, field)
      return section === null ? seesAll : sees(section)
    })
  }
  for (const [type, hidden] of fieldsHiddenFromSome()) {
    tree[type] = rulesOf(fieldsOf(schema, type), (field) =>
      hidden.has(field) ? seesWithin(type, field) : allow,
    )
  }
  // Shield takes no rules for types that are not there.
  return Object.fromEntries(Object.entries(tree).filter(([type]) => schema.getType(type)))
}

/** The section of a field of a patient or a record; null for one that nobody placed in a section. */
export type SectionOfField = (type: string, field: string) => Section | null

/**
 * Where the fields of patients and records stand in the table.
 *
 * @param extensions the section of a field beyond the contract, by `Type.field`
 */
export function sectionsOfFields(extensions: Readonly<Record<string, Section>>): SectionOfField {
  return (type, field) => {
    const section = extensions[`${type}.${field}`] ?? patientFields[field] ?? field
    return isSection(section) ? section : null
  }
}

function rulesOf(fields: readonly string[], ruleOf: (field: string) => ShieldRule): TypeRules {
  return Object.fromEntries(fields.map((field) => [field, ruleOf(field)]))
}

function fieldsOf(schema: GraphQLSchema, type: string): string[] {
  const found = schema.getType(type)
  return found && 'getFields' in found ? Object.keys(found.getFields()) : []
}

function ruleOfAction(field: string): ShieldRule {
  const groups = actions[field]
  if (groups === 'EVERYBODY') return allow
  return rule<RoleContext>(`may ${field}`, (_parent, _args, { group }) =>
    Boolean(groups?.includes(group)),
  )
}

/** A section is refused as a whole where a filter would tell what is hidden in it. */
function sees(section: Section): ShieldRule {
  return rule<RoleContext>(`sees ${section}`, (_parent, _args, { group }, info) => {
    if (!maySee(group, section)) return false
    return !hidesWithin(group, section) || !info.fieldNodes.some(filtersByCodes)
  })
}

const seesAll = rule<RoleContext>('sees everything', (_parent, _args, { group }) =>
  seesEverything(group),
)

function seesWithin(type: string, field: string): ShieldRule {
  return rule<RoleContext>(
    `sees ${field} of ${type}`,
    (_parent, _args, { group }) => !hidesField(group, type, field),
  )
}

/** A variable counts, whatever its value: the plan is made once for all values. */
function filtersByCodes({ arguments: given = [] }: FieldNode): boolean {
  return given.some(({ name, value }) => name.value === 'codes' && value.kind !== Kind.NULL)
}
