import type { Located, LocatedIdentity } from '../../../subgraphs/index/locate.ts'
import type { ConnectionField } from '../../record/connection-shape.ts'
import type { RewrittenOperation } from '../../record/rewrite.ts'
import { isObject, type Json } from '../../record/section-source.ts'
import { type FieldShape, shapeOf } from '../../record/shape.ts'
import type { SourceAnswer } from '../../record/sources.ts'
import type { Variables } from '../../record/values.ts'
import type { Outcome } from '../entries.ts'

/** An answer as the trail looks at it. */
export interface Answered {
  readonly data?: Json | null
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[] | undefined
    readonly extensions: Readonly<Record<string, unknown>>
  }[]
}

/** How an answer came to be; what is undefined did not come to be. */
export interface Made {
  readonly plan: RewrittenOperation | undefined
  readonly variables: Variables
  /** What every participant did, by the patient's response key. */
  readonly sources: ReadonlyMap<string, readonly SourceAnswer[]>
  /** The patients that the caller might see, by response key. */
  readonly open: ReadonlyMap<string, { readonly located: Pick<Located, 'identity'> }>
  /** How many entries of each section the timelines show, by the patient's response key. */
  readonly timelines: ReadonlyMap<string, Readonly<Record<string, number>>>
}

/** What came of the access under a response key of an answer. */
export function outcomeOf(
  answer: Answered,
  key: string,
  made: Made,
): Pick<Outcome, 'sources' | 'items' | 'errors' | 'undecided' | 'unjoined'> {
  const errors = (answer.errors ?? [])
    .filter(({ path = [] }) => path.length === 0 || path[0] === key)
    .map(({ extensions }) => String(extensions['code'] ?? 'INTERNAL_SERVER_ERROR'))
  const sources = (made.sources.get(key) ?? []).map(
    ({ participant, outcome }) => [participant.code, outcome] as const,
  )
  return {
    sources: Object.fromEntries(sources),
    items: itemsUnder(answer, key, made),
    errors: [...new Set(errors)],
    ...doubtsOf(made.open.get(key)?.located.identity),
  }
}

/** What is doubtful of who the patient is; nothing of most. */
function doubtsOf(identity: LocatedIdentity | undefined): Pick<Outcome, 'undecided' | 'unjoined'> {
  const { basis, disagreeing = [], unconfirmed = [], unjoined = [] } = identity ?? {}
  // With no side at all, a source is in doubt about its own patient.
  const undecided = disagreeing.length > 0 ? disagreeing : unconfirmed
  return {
    ...(basis === 'UNDECIDED' && undecided.length > 0 && { undecided }),
    ...(unjoined.length > 0 && { unjoined }),
  }
}

/** How many entries are shown, by section: merged, in timelines and by source together. */
function itemsUnder({ data }: Answered, key: string, { plan, variables, timelines }: Made) {
  const items: Record<string, number> = { ...timelines.get(key) }
  const add = (section: string, count: number) => {
    if (count > 0) items[section] = (items[section] ?? 0) + count
  }
  const patient = data?.[key]
  const root = plan && shapeOf(plan.plan, variables).root.find((field) => field.key === key)
  if (!isObject(patient) || root?.kind !== 'within') return items
  for (const fields of root.shape.values()) {
    for (const field of fields) countIn(patient, field, add)
  }
  return items
}

function countIn(
  patient: Json,
  field: FieldShape,
  add: (section: string, count: number) => void,
): void {
  const value = patient[field.key]
  if (field.kind === 'section') add(field.section, shownIn(value, field.fields))
  if (field.kind !== 'records' || !Array.isArray(value)) return
  // Records of different types may use one key for the same section; each is counted once.
  const sections = new Map(
    [...field.sections.values()].flat().map((section) => [section.key, section]),
  )
  for (const record of value) {
    if (!isObject(record)) continue
    for (const { key, section, fields } of sections.values()) {
      add(section, shownIn(record[key], fields))
    }
  }
}

function shownIn(connection: unknown, fields: readonly ConnectionField[]): number {
  if (!isObject(connection)) return 0
  const lists = fields
    .filter(({ kind }) => kind === 'nodes' || kind === 'edges')
    .map(({ key }) => connection[key])
  return Math.max(0, ...lists.map((list) => (Array.isArray(list) ? list.length : 0)))
}
