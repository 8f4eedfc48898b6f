import { Kind, type SelectionNode, type SelectionSetNode } from 'graphql'
import { dateTime, toInstant } from '../../subgraphs/kit/fhir/time.ts'
import type { ConnectionField, EntryShape } from './connection-shape.ts'
import { PROVENANCE_KEY } from './names.ts'
import { type Entry, isObject, type Json } from './section-source.ts'
import type { Fragments } from './used-definitions.ts'

/**
 * True when the client itself always selects when entries were recorded; then it need not be asked
 * for a second time.
 */
export function showsRecording(selectionSet: SelectionSetNode, fragments: Fragments): boolean {
  const leads = (node: SelectionSetNode | undefined, path: readonly string[]): boolean => {
    const [name, ...rest] = path
    if (name === undefined) return true
    return (node?.selections ?? []).some((selection) => {
      if ((selection.directives ?? []).length > 0) return false
      if (selection.kind === Kind.FIELD) {
        return selection.name.value === name && leads(selection.selectionSet, rest)
      }
      return leads(contentOf(selection, fragments), path)
    })
  }
  return (
    leads(selectionSet, ['nodes', 'provenance', 'recordedAt']) ||
    leads(selectionSet, ['edges', 'node', 'provenance', 'recordedAt'])
  )
}

/** The last moment at which a source recorded an entry, in milliseconds. */
export function recordedAt(entry: Entry, fields: readonly ConnectionField[]): number {
  const own = entry.known[PROVENANCE_KEY]
  const moments = own ? momentsIn(own, 'recordedAt') : clientMoments(entry, fields)
  return Math.max(Number.NEGATIVE_INFINITY, ...moments)
}

function clientMoments({ connection, index }: Entry, fields: readonly ConnectionField[]) {
  for (const field of fields) {
    const listed = connection[field.key]
    const one: unknown = Array.isArray(listed) ? listed[index] : null
    if (!isObject(one)) continue
    if (field.kind === 'nodes' && field.entry.recording) return momentsOf(one, field.entry)
    const parts = field.kind === 'edges' ? field.fields : []
    for (const part of parts) {
      if (part.kind === 'node' && part.entry.recording) {
        return momentsOf(one[part.key] as Json, part.entry)
      }
    }
  }
  return []
}

function momentsOf(node: Json, { recording }: EntryShape): number[] {
  return recording ? momentsIn(node[recording.provenanceKey], recording.key) : []
}

function momentsIn(provenance: unknown, key: string): number[] {
  if (!Array.isArray(provenance)) return []
  return provenance
    .map((one: unknown) => (isObject(one) ? toInstant(dateTime(one[key])) : null))
    .flatMap((moment) => moment?.getTime() ?? [])
}

function contentOf(node: SelectionNode, fragments: Fragments): SelectionSetNode | undefined {
  if (node.kind === Kind.FRAGMENT_SPREAD) return fragments.get(node.name.value)?.selectionSet
  return node.selectionSet
}
