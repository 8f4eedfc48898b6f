import {
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  FragmentsOnCompositeTypesRule,
  findBreakingChanges,
  type GraphQLError,
  type GraphQLSchema,
  KnownArgumentNamesRule,
  KnownDirectivesRule,
  KnownTypeNamesRule,
  OverlappingFieldsCanBeMergedRule,
  PossibleFragmentSpreadsRule,
  ProvidedRequiredArgumentsRule,
  parse,
  ScalarLeafsRule,
  ValuesOfCorrectTypeRule,
  VariablesAreInputTypesRule,
  VariablesInAllowedPositionRule,
  validate,
} from 'graphql'
import { redact } from '../../../operation/redact.ts'
import type { UsedOperation } from '../../used-operation.ts'
import type { Finding } from '../check.ts'

/** So many operations are named for one thing that breaks them. */
const MOST_NAMED = 5

/** So many changes that nobody would notice are noted. */
const MOST_NOTES = 20

/**
 * Every operation that was used, or is registered, and is valid now is valid afterwards.
 *
 * @param schemas what clients see now, and what they would see
 * @returns what would break whose operations; and, as notes, changes that would break operations
 *   nobody used
 */
export function checkOperations(
  schemas: { readonly now: GraphQLSchema; readonly next: GraphQLSchema },
  used: readonly UsedOperation[],
): { readonly findings: readonly Finding[]; readonly notes: readonly string[] } {
  const broken = new Map<string, UsedOperation[]>()
  for (const operation of used) {
    for (const reason of findReasons(schemas, operation.text)) {
      broken.set(reason, [...(broken.get(reason) ?? []), operation])
    }
  }
  const findings = [...broken].map(([reason, operations]) => toFinding(reason, operations))
  const told = new Set(findings.map(({ where }) => where))
  const notes = findBreakingChanges(schemas.now, schemas.next)
    .map(({ description }) => description)
    .filter((description) => !description.startsWith('Standard scalar '))
    .filter((description) => !told.has(coordinateOfChange(description)))
    .slice(0, MOST_NOTES)
    .map((description) => `No operation that was used notices it: ${description}`)
  return { findings, notes }
}

/** Why an operation would be refused that is accepted now, each reason once. */
function findReasons(
  { now, next }: Parameters<typeof checkOperations>[0],
  text: string,
): ReadonlySet<string> {
  const document = read(text)
  const errors = document ? validate(next, document, RULES) : []
  if (!document || errors.length === 0 || validate(now, document, RULES).length > 0) {
    return new Set()
  }
  return new Set(errors.map(reasonOf))
}

/** What was written down once may not be readable any more: then nobody can be using it. */
function read(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true })
  } catch {
    return null
  }
}

/** A suggestion of another name is none of the operation's. */
function reasonOf({ message }: GraphQLError): string {
  return redact(message.replace(/ Did you mean .*$/s, ''))
}

/**
 * Those that depend on the schema. Texts without values leave variables unused that stood in a list,
 * and how a document is built does not change with the schema.
 */
const RULES = [
  FieldsOnCorrectTypeRule,
  FragmentsOnCompositeTypesRule,
  KnownArgumentNamesRule,
  KnownDirectivesRule,
  KnownTypeNamesRule,
  OverlappingFieldsCanBeMergedRule,
  PossibleFragmentSpreadsRule,
  ProvidedRequiredArgumentsRule,
  ScalarLeafsRule,
  ValuesOfCorrectTypeRule,
  VariablesAreInputTypesRule,
  VariablesInAllowedPositionRule,
]

function toFinding(reason: string, operations: readonly UsedOperation[]): Finding {
  const byUse = [...operations].sort((a, b) => b.times - a.times)
  const named = byUse.slice(0, MOST_NAMED).map(tell).join('; ')
  const others = operations.length - MOST_NAMED
  const askers = [...new Set(byUse.flatMap(askersOf))]
  return {
    where: coordinateOf(reason),
    message: `Operations that are in use would be refused with '${reason}': ${named}${others > 0 ? `; and ${others} more` : ''}.`,
    mend: `Keep it until ${askers.slice(0, MOST_NAMED).join(', ')} no longer ask${askers.length === 1 ? 's' : ''} for it: mark it @deprecated now and remove it in a later publication.`,
  }
}

/** Who has to change something: the team, where it is known, and programs of others. */
function askersOf({ clients, teams = [] }: UsedOperation): readonly string[] {
  return teams.length > 0 ? teams.map((team) => `team ${team}`) : clients
}

function tell(operation: UsedOperation): string {
  const { name, times, lastUsed, teams = [] } = operation
  const whose = askersOf(operation).slice(0, MOST_NAMED).join(', ')
  const often = times === 1 ? 'once' : `${times} times`
  const used =
    lastUsed === null ? 'not used yet' : `used ${often} and last on ${lastUsed.slice(0, 10)}`
  const registered = teams.length > 0 ? 'registered, ' : ''
  return `${name ?? 'an operation without a name'} of ${whose}, ${registered}${used}`
}

/** The field, argument, value or type that a message of graphql-js is about. */
function coordinateOf(reason: string): string | null {
  const [, field, type] = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(reason) ?? []
  if (field && type) return `${type}.${field}`
  const [, argument, on] = /^Unknown argument "(\w+)" on field "([\w.]+)"/.exec(reason) ?? []
  if (argument && on) return `${on}(${argument}:)`
  const [, value, of] = /^Value "(\w+)" does not exist in "(\w+)" enum/.exec(reason) ?? []
  if (value && of) return `${of}.${value}`
  return /^Unknown type "(\w+)"/.exec(reason)?.[1] ?? null
}

/** The same of a change as graphql-js describes it. */
function coordinateOfChange(description: string): string | null {
  const [, on, argument] = /^(\w+\.\w+) arg (\w+) /.exec(description) ?? []
  if (on && argument) return `${on}(${argument}:)`
  const [, value, of] = /^(\w+) was removed from enum type (\w+)/.exec(description) ?? []
  if (value && of) return `${of}.${value}`
  return /^(\w+(?:\.\w+)?) /.exec(description)?.[1] ?? null
}
