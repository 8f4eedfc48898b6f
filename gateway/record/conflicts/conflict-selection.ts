import { type FieldNode, Kind, type SelectionNode } from 'graphql'
import type { Section } from '../model.ts'
import {
  EDGES_KEY,
  PAGE_INFO_KEY,
  retractedKey,
  STATED_KEY,
  STATUS_KEY,
  VERIFICATION_KEY,
} from '../names.ts'
import { argumentNode, fieldNode, selectionsOf } from '../selections.ts'

/** What finding contradictions needs of a source's section, beside the places of its entries. */
export function conflictSelections({ entryFields }: Section): readonly SelectionNode[] {
  const ofAllergies = entryFields.has('verificationStatus') && entryFields.has('substance')
  return selectionsOf(`{
    ${STATUS_KEY}: status
    ${STATED_KEY}: statedNoneKnown { participant }
    ${EDGES_KEY}: edges { node {
      ${STATUS_KEY}: status
      ${entryFields.has('verificationStatus') ? `${VERIFICATION_KEY}: verificationStatus` : ''}
      ${ofAllergies ? 'substance { codings { system code } } categories' : ''}
    } }
  }`)
}

/** The most entries that a source tells of. */
const MOST_RETRACTED = 500

/**
 * What a source recorded by mistake in a section: it leaves these out of the list, and they may stand
 * against an entry of another source.
 *
 * @param codings what the screen looks through of every entry
 */
export function retractedField(field: FieldNode, codings: readonly SelectionNode[]): FieldNode {
  const node = codings.length > 0 ? [fieldNode('node', 'node', codings)] : []
  return {
    ...fieldNode(retractedKey((field.alias ?? field.name).value), field.name.value, [
      fieldNode(EDGES_KEY, 'edges', [fieldNode('cursor', 'cursor'), ...node]),
      fieldNode(PAGE_INFO_KEY, 'pageInfo', [fieldNode('hasNextPage', 'hasNextPage')]),
    ]),
    arguments: [
      argumentNode('first', { kind: Kind.INT, value: String(MOST_RETRACTED) }),
      argumentNode('status', { kind: Kind.ENUM, value: 'ENTERED_IN_ERROR' }),
    ],
  }
}
