import { type DocumentNode, getOperationAST, Kind, parse, type SelectionSetNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { FederatedSource } from './apollo-executor.ts'
import type { Circuit } from './circuit.ts'

/** A field of a selection: where it stands in the answer, what it is, and what is selected of it. */
interface Selected {
  readonly key: string
  readonly name: string
  readonly selections: readonly Selected[]
}

/** So many different queries are kept read; plans repeat theirs word for word. */
const KEPT_QUERIES = 1000

/**
 * A source whose `Participant.service` tells how it is from where the gateway stands: DOWN when it
 * does not answer, and the state of its circuit. The errors of what it did not answer stay.
 */
export function withServiceState(
  source: FederatedSource,
  circuit: Pick<Circuit, 'state' | 'since'>,
): FederatedSource {
  const services = new LRUCache<string, readonly Selected[]>({
    max: KEPT_QUERIES,
    memoMethod: (query) => selectedServices(parse(query, { noLocation: true })),
  })
  return {
    name: source.name,
    async ask(request) {
      const answer = await source.ask(request)
      const { representations } = request.variables as { representations?: readonly unknown[] }
      const asked = representations ? services.memo(request.query) : []
      if (asked.length === 0) return answer
      const received = answer.data?.['_entities']
      const entities = (representations ?? []).map((_, index) => {
        const entity: unknown = Array.isArray(received) ? received[index] : null
        return withServices((entity ?? {}) as Record<string, unknown>, asked, circuit)
      })
      return { ...answer, data: { ...answer.data, _entities: entities } }
    },
    close: () => source.close(),
  }
}

function withServices(
  entity: Record<string, unknown>,
  services: readonly Selected[],
  circuit: Pick<Circuit, 'state' | 'since'>,
): Record<string, unknown> {
  const seen = { circuit: circuit.state, circuitSince: circuit.since?.toISOString() ?? null }
  const down = { __typename: 'ServiceState', status: 'DOWN', ...seen }
  const filled = services.map(({ key, selections }) => {
    const own = entity[key] as Record<string, unknown> | null | undefined
    const values: Record<string, unknown> = own ? seen : down
    const fields = selections.map((field) => [
      field.key,
      values[field.name] ?? own?.[field.key] ?? null,
    ])
    return [key, Object.fromEntries(fields)]
  })
  return { ...entity, ...Object.fromEntries(filled) }
}

/** Every `service` of an entity, as it is selected. */
function selectedServices(document: DocumentNode): Selected[] {
  const entities = select(getOperationAST(document)?.selectionSet, document)
  return entities
    .filter(({ name }) => name === '_entities')
    .flatMap(({ selections }) => selections.filter(({ name }) => name === 'service'))
}

function select(selectionSet: SelectionSetNode | undefined, document: DocumentNode): Selected[] {
  return (selectionSet?.selections ?? []).flatMap((node) => {
    if (node.kind === Kind.INLINE_FRAGMENT) return select(node.selectionSet, document)
    if (node.kind === Kind.FIELD) {
      const key = (node.alias ?? node.name).value
      const selections = select(node.selectionSet, document)
      return [{ key, name: node.name.value, selections }]
    }
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === node.name.value,
    )
    if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) return []
    return select(fragment.selectionSet, document)
  })
}
