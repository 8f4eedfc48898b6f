import { type ASTNode, GraphQLError, visit } from 'graphql'

const PREFIX = 'lcr_'

/** Where the federated answer holds every source's record of a patient. */
export const RECORDS_KEY = 'lcr_records'

/** The type of an object whose place in the schema does not tell it. */
export const TYPE_KEY = 'lcr_typename'

/** What the gateway asks of every connection beside what the client asks. */
export const EDGES_KEY = 'lcr_edges'
export const PAGE_INFO_KEY = 'lcr_pageInfo'
export const PROVENANCE_KEY = 'lcr_provenance'
export const LIKENESS_KEY = 'lcr_likeness'
export const NOT_UNDERSTOOD_KEY = 'lcr_notUnderstood'
export const NOT_SHARED_KEY = 'lcr_notShared'

/** What finding contradictions asks of a connection, or of an entry, beside what the client asks. */
export const STATUS_KEY = 'lcr_status'
export const STATED_KEY = 'lcr_statedNoneKnown'
export const VERIFICATION_KEY = 'lcr_verification'

/** Marks an edge whose entry is never shared: it keeps its place in the order, and shows nothing. */
export const EXCLUDED_KEY = 'lcr_excluded'

/** The federated response key of a merged field, from the client's response key. */
export function generatedKey(responseKey: string): string {
  return `${PREFIX}${responseKey}`
}

const RETRACTED_PREFIX = 'lcrretracted_'

/** The federated response key of what a merged field's sources recorded by mistake. */
export function retractedKey(responseKey: string): string {
  return `${RETRACTED_PREFIX}${responseKey}`
}

/** True for a response key or a variable that the gateway added. */
export function isGenerated(name: string): boolean {
  return name.startsWith(PREFIX)
}

const DENIED_PREFIX = 'lcrdenied_'

/** Where the answer has `__typename` instead of a field that the role may not see. */
export function deniedKey(responseKey: string): string {
  return `${DENIED_PREFIX}${responseKey}`
}

const PARTLY_DENIED_PREFIX = 'lcr_partly_'

/** Stands in an answer beside a field of which the role may not see a part. */
export function partlyDeniedKey(responseKey: string): string {
  return `${PARTLY_DENIED_PREFIX}${responseKey}`
}

/** The client's response key of a field that was denied in part; null for any other key. */
export function keyOfPartlyDenied(key: string): string | null {
  return key.startsWith(PARTLY_DENIED_PREFIX) ? key.slice(PARTLY_DENIED_PREFIX.length) : null
}

/** The client's response key of a denied field; null for any other key. */
export function keyOfDenied(key: string): string | null {
  return key.startsWith(DENIED_PREFIX) ? key.slice(DENIED_PREFIX.length) : null
}

const TIMELINE_PREFIX = 'lcrtimeline_'

/** The federated response key of a section of a timeline. */
export function timelineKey(section: string, responseKey: string): string {
  return `${TIMELINE_PREFIX}${section}_${responseKey}`
}

const WITHIN_RECORD = new RegExp(`^(?:${PREFIX}|${RETRACTED_PREFIX}|${TIMELINE_PREFIX}[^_]+_)`)

/** The client's response key of a merged field, from a key within a source's record; null for any other. */
export function clientKey(key: string): string | null {
  const [prefix] = WITHIN_RECORD.exec(key) ?? []
  return prefix === undefined ? null : key.slice(prefix.length)
}

/**
 * Refuses a client's operation that names something as the gateway does, which could not be told
 * apart in the answer, or `__proto__`, which no JavaScript object holds as a plain key.
 *
 * @throws GraphQLError BAD_USER_INPUT
 */
export function refuseGeneratedNames(node: ASTNode): void {
  const check = (name: string | undefined, at: ASTNode) => {
    if (name === undefined || !(isGenerated(name) || name === '__proto__')) return
    throw new GraphQLError(`Names that begin with "${PREFIX}" and "__proto__" are reserved.`, {
      nodes: at,
      extensions: { code: 'BAD_USER_INPUT' },
    })
  }
  visit(node, {
    Field: (field) => check(field.alias?.value, field),
    Variable: (variable) => check(variable.name.value, variable),
  })
}
