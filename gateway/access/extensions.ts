import type { Participant } from '../../subgraphs/kit/participant.ts'
import { recordTypeName } from '../../subgraphs/kit/schema/participant-sdl.ts'
import type { Section } from './sections.ts'

/** The section of each field that participants publish beyond the contract, by `Type.field`. */
export function sectionsOfExtensions(
  participants: readonly Participant[],
): Readonly<Record<string, Section>> {
  return Object.fromEntries(
    participants.flatMap(({ code, extension }) =>
      Object.entries(extension?.sections ?? {}).map(([field, section]) => [
        `${recordTypeName(code)}.${field}`,
        section,
      ]),
    ),
  )
}
