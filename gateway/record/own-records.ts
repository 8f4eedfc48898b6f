import { EDGES_KEY, PAGE_INFO_KEY } from './names.ts'
import { isObject, type Json } from './section-source.ts'
import type { RecordsShape, SourceSectionShape } from './shape.ts'

/**
 * Changes the sections of a client's own records; what stays as it is, is passed on.
 *
 * @param stubs the same records as the index lists them, each with its type
 */
export function mapSections(
  records: unknown,
  stubs: unknown,
  shape: RecordsShape,
  change: (connection: Json, section: SourceSectionShape, record: string) => Json | null,
): unknown {
  if (!Array.isArray(records) || !Array.isArray(stubs)) return records
  return records.map((record: unknown, index) => {
    const stub: unknown = stubs[index]
    if (!isObject(record) || !isObject(stub)) return record
    const type = String(stub['__typename'])
    const changed: Record<string, unknown> = { ...record }
    for (const section of shape.sections.get(type) ?? []) {
      const connection = record[section.key]
      if (isObject(connection)) changed[section.key] = change(connection, section, type)
    }
    return changed
  })
}

/** The records without what the gateway asked for beside the client's selection. */
export function withoutGenerated(records: unknown, shape: RecordsShape, stubs: unknown): unknown {
  return mapSections(records, stubs, shape, (connection) => {
    if (connection[EDGES_KEY] === undefined) return connection
    const { [EDGES_KEY]: _edges, [PAGE_INFO_KEY]: _pageInfo, ...rest } = connection
    return rest
  })
}
