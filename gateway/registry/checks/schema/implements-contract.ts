import { sharedDefinitions } from '../../../../subgraphs/kit/schema/contract.ts'
import {
  participantDocument,
  participantTypeName,
  recordTypeName,
} from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import type { Finding } from '../check.ts'
import type { Candidate } from '../publication.ts'
import { compareTypes } from './compare-types.ts'
import { type PublishedType, publishedTypes } from './published-types.ts'

/**
 * Everything that the contract asks of a participant is published, descriptions aside: its record type
 * and its own type with every field and argument, the feed as the index asks for it, and the shared
 * types word for word. More than the contract may stand on its own two types, in fields that may be null.
 */
export function checkContract({ publication, document, contract }: Candidate): Finding[] {
  const { participant } = publication
  const actual = publishedTypes(document)
  const needed = publishedTypes(participantDocument(participant, contract))
  const shared = publishedTypes({ ...contract, definitions: sharedDefinitions(contract) })
  const own = new Set([participantTypeName(participant.code), recordTypeName(participant.code)])
  const known = new Map([...shared, ...needed])
  return [...known].flatMap(([name, expected]) => {
    const found = actual.get(name)
    if (!found) return needed.has(name) ? [lackingType(expected)] : []
    if (found.isExtension && name !== 'Query') return [extendedType(expected)]
    // Whose root fields they are is told by their names.
    const mayAdd = own.has(name) || name === 'Query'
    return compareTypes(expected, found, { mayAdd })
  })
}

function lackingType({ name, kind }: PublishedType): Finding {
  return {
    where: null,
    message: `The ${kind} ${name} is missing.`,
    mend: `Publish ${name} as the contract has it: subgraphs/contract.graphql, with your own names.`,
  }
}

function extendedType({ name, kind }: PublishedType): Finding {
  return {
    where: name,
    message: `${name} is only extended: every subgraph publishes the whole of it.`,
    mend: `Write '${kind} ${name}' instead of 'extend ${kind} ${name}'.`,
  }
}
