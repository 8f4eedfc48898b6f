import type { DocumentNode } from 'graphql'
import { participantTypeName, recordTypeName } from './participant-sdl.ts'

/** The type of the contract that has the name of one of a participant's own types; undefined when none has. */
export function takenTypeOf(code: string, contract: DocumentNode): string | undefined {
  const own = [participantTypeName(code), recordTypeName(code)]
  return contract.definitions
    .map((definition) => ('name' in definition ? definition.name?.value : undefined))
    .find((name) => name !== undefined && own.includes(name))
}
