import type { Fault } from '../../support/faulty-proxy.ts'

/** A section as the gateway asks for it, with the places of its entries. */
interface SentSection {
  readonly status: unknown
  readonly nodes: readonly { readonly provenance: readonly object[] }[]
  readonly lcr_edges: readonly object[]
}

/** Another section than the source's, in every section of every record. */
export function changingSections(change: (section: SentSection) => object): Fault {
  const isSection = (key: string, value: unknown): value is SentSection =>
    key.startsWith('lcr_') && typeof value === 'object' && value !== null && 'lcr_edges' in value
  return changing((record) =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]: [string, unknown]) => [
        key,
        isSection(key, value) ? change(value) : value,
      ]),
    ),
  )
}

type Changed = Record<string, { nodes?: unknown[]; status?: unknown } & Record<string, unknown>>

/** Another record than the source's, in every entity that it sends. */
export function changing(change: (record: Changed) => unknown): Fault {
  return {
    answer(answer) {
      const body = JSON.parse(answer) as { data?: { _entities?: (Changed | null)[] } }
      const entities = body.data?._entities ?? []
      return JSON.stringify({
        ...body,
        data: { _entities: entities.map((entity) => entity && change(entity)) },
      })
    },
  }
}
