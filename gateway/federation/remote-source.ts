import type { FederatedSource } from './apollo-executor.ts'
import type { HttpSource, SourceAnswer, SourceRequest } from './http-source.ts'
import type { sourceError } from './source-errors.ts'
import type { CallContext, Representation } from './types.ts'

/** A subgraph over HTTP in a federated plan; entities of different groups go in calls of their own. */
export function createRemoteSource(http: HttpSource): FederatedSource {
  return {
    name: http.name,
    async ask({ call, path, variables, ...request }) {
      const { representations } = variables as { representations?: readonly Representation[] }
      const grouped = representations && groupEntities(representations, call)
      const groups = grouped ? [...grouped.values()] : [[]]
      const names = [...(grouped?.keys() ?? [])]
      const requests = groups.map((indexes): SourceRequest => {
        const group = representations && indexes.map((index) => representations[index] ?? {})
        const headers = call.headers({ source: http.name, representations: group ?? [] })
        const { signal, deadlineAt } = call
        const own = group ? { ...variables, representations: group } : variables
        return { ...request, variables: own, headers, signal, deadlineAt }
      })
      await call.permitted
      const started = performance.now()
      const answers = await Promise.all(requests.map((one) => http.ask(one)))
      const latencyMs = performance.now() - started
      return {
        data: representations
          ? joinEntities(groups, answers, representations.length)
          : (answers[0]?.data ?? null),
        errors: answers.flatMap((answer, group) => placeErrors(answer, groups[group] ?? [])),
        calls: answers.map(({ outcome }, index) => {
          const group = names[index]
          const made = { source: http.name, path, outcome, latencyMs }
          return group === undefined ? made : { ...made, group }
        }),
      }
    },
    close: () => http.close(),
  }
}

/** The places of the entities that may share a call, group by group. */
function groupEntities(
  representations: readonly Representation[],
  call: CallContext,
): ReadonlyMap<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const [index, representation] of representations.entries()) {
    const key = call.groupOf?.(representation) ?? ''
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  }
  return groups
}

/**
 * Every group's entities in the places where they were asked for; undefined where a group failed, or
 * sent another number of entities: nobody could say which of them stands for which.
 */
function joinEntities(
  groups: readonly number[][],
  answers: readonly SourceAnswer[],
  count: number,
): { _entities: unknown[] } {
  const entities: unknown[] = new Array(count).fill(undefined)
  for (const [group, indexes] of groups.entries()) {
    const received = answers[group]?.data?.['_entities']
    if (!Array.isArray(received) || received.length !== indexes.length) continue
    for (const [place, index] of indexes.entries()) entities[index] = received[place]
  }
  return { _entities: entities }
}

/** A group's errors, their paths counted over all entities again. */
function placeErrors({ errors }: SourceAnswer, indexes: readonly number[]): object[] {
  return errors.map((error) => {
    const { path } = error as ReturnType<typeof sourceError>
    const [field, place, ...rest] = path ?? []
    if (field !== '_entities' || typeof place !== 'number') return error
    const index = indexes[place]
    return { ...error, path: index === undefined ? [field] : [field, index, ...rest] }
  })
}
