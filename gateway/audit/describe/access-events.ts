import { randomUUID } from 'node:crypto'
import type { FieldNode, GraphQLSchema } from 'graphql'
import { toNhsNumber } from '../../../subgraphs/kit/fhir/nhs-number.ts'
import type { SectionOfField } from '../../access/permissions.ts'
import type { RoleGroup } from '../../access/roles.ts'
import { FOR_ANY_CALLER } from '../../access/root-fields.ts'
import { maySeeNamed } from '../../access/sections.ts'
import type { ReadOperation } from '../../operation/read-operation.ts'
import type { DecidedPatients } from '../../patients.ts'
import { modelOf } from '../../record/model.ts'
import { deniedKey } from '../../record/names.ts'
import { askedOf, sectionsArgument } from '../../record/timeline/coverage.ts'
import type { AccessEvent, AuditedUser } from '../entries.ts'
import { argumentsOf } from './arguments.ts'
import { type AskedFields, askedFields, type OperationOf } from './asked-fields.ts'
import { categoryOf } from './categories.ts'
import type { OperationText } from './operation-text.ts'

/** What is known of a request by the time that its events are written. */
export interface Told {
  readonly requestId: string
  /** ISO 8601. */
  readonly at: string
  readonly user: AuditedUser | null
  readonly purpose: string | null
  readonly client: AccessEvent['client']
  readonly device: AccessEvent['device']
  readonly operation: Omit<OperationText, 'text'>
  readonly whole: ReadOperation & OperationOf
  /** What the rehearsal left; undefined when it did not come so far. */
  readonly rehearsed: (ReadOperation & OperationOf) | undefined
  /** Whose table of sections holds; undefined when it did not come so far. */
  readonly group: RoleGroup | null | undefined
  /** Undefined when it did not come so far. */
  readonly patients: DecidedPatients | undefined
  /** Why the whole request goes no further; null when it does. */
  readonly refusal: string | null
  /** The patient of an objection, a claim or an alert that an argument names, by the root field's response key. */
  readonly subjects: ReadonlyMap<string, string>
}

/**
 * The events of a request: one for each root field that is about a patient or about what others did, by
 * its response key. Empty for what everybody may ask.
 */
export function accessEvents(
  schema: GraphQLSchema,
  told: Told,
  sectionOf: SectionOfField,
): Map<string, AccessEvent> {
  const events = new Map<string, AccessEvent>()
  for (const [key, node] of told.whole.rootFields) {
    if (FOR_ANY_CALLER.has(node.name.value)) continue
    events.set(key, { ...common(told), ...ofField(schema, told, [key, node], sectionOf) })
  }
  return events
}

type OfField =
  | 'category'
  | 'action'
  | 'refusal'
  | 'grounds'
  | 'sections'
  | 'deniedFields'
  | 'facts'
  | 'nhsNumber'
  | 'requestedNhsNumber'

function common(told: Told): Omit<AccessEvent, OfField> {
  const { at, requestId, user, purpose, operation, client, device } = told
  const { type, name, digest } = operation
  return {
    kind: 'ACCESS',
    event: randomUUID(),
    at,
    requestId,
    user,
    purpose,
    operation: { type, name, digest },
    client,
    device,
  }
}

function ofField(
  schema: GraphQLSchema,
  told: Told,
  [key, node]: readonly [string, FieldNode],
  sectionOf: SectionOfField,
): Pick<AccessEvent, OfField> {
  const action = node.name.value
  const { nhsNumber, ...facts } = argumentsOf(schema, told.whole, node)
  const requested = typeof nhsNumber === 'string' ? toNhsNumber(nhsNumber) : null
  const decided = told.patients?.decided.get(key)
  const isDenied = told.rehearsed?.rootFields.has(deniedKey(key)) === true
  const isRefused = decided?.decision.permitted === false ? decided.decision.code : null
  const { sections, deniedFields } = fieldsOf(schema, told, key, sectionOf)
  return {
    category: categoryOf(action),
    action,
    refusal: told.refusal ?? (isDenied ? 'FIELD_NOT_PERMITTED' : isRefused),
    grounds: decided?.decision.permitted === true ? decided.decision.grounds : null,
    nhsNumber: decided?.located?.nhsNumber ?? requested ?? told.subjects.get(key) ?? null,
    requestedNhsNumber: requested,
    sections,
    deniedFields,
    facts: Object.keys(facts).length > 0 ? shortened(facts) : null,
  }
}

const NOTHING: AskedFields = { sections: [], deniedFields: [] }

function fieldsOf(
  schema: GraphQLSchema,
  told: Told,
  key: string,
  sectionOf: SectionOfField,
): AskedFields {
  const { whole, rehearsed, group } = told
  if (told.whole.rootFields.get(key)?.name.value !== 'patient') return NOTHING
  const { variables } = whole
  const asked = { whole, rehearsed: rehearsed ?? whole, variables }
  const timelineOf = (field: FieldNode) => {
    const all = [...modelOf(schema).sections.keys()]
    const wanted = askedOf(all, sectionsArgument(field), { operation: whole.operation, variables })
    const isSeen = (name: string) => group === undefined || maySeeNamed(group, name)
    return { sections: wanted.filter(isSeen), deniedFields: wanted.filter((name) => !isSeen(name)) }
  }
  return askedFields(asked, key, { sectionOf, timelineOf })
}

const LONGEST_FACT = 1000

/** No event grows without bounds, whatever a client sends. */
function shortened(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const text = JSON.stringify(value) ?? 'null'
      return [name, text.length <= LONGEST_FACT ? value : `${text.slice(0, LONGEST_FACT)}…`]
    }),
  )
}
