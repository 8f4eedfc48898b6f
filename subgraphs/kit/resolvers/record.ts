import type { GraphQLResolveInfo } from 'graphql'
import type { Participant } from '../participant.ts'
import { toConnection } from '../reading/connection.ts'
import { fieldsAhead } from '../reading/look-ahead.ts'
import { type Section, type SectionArguments, toSlice } from '../reading/slice.ts'
import { withoutLocation } from '../reading/without-location.ts'
import { recordTypeName } from '../schema/participant-sdl.ts'
import type { SubgraphContext } from './context.ts'
import { maySeePart, partOf } from './reader-rules.ts'

interface RecordReference {
  readonly nhsNumber: string
}

/**
 * Resolvers of a participant's record type. The reference already starts reading the sections that
 * its selection asks for, so that they come in the same statement as the patient; a section's
 * own resolver then finds its page under way. What the role of the assertion may not see is not even
 * read. Entries are served from their JSON without resolvers.
 */
export function recordResolvers(participant: Participant, sections: readonly Section[]) {
  const recordType = recordTypeName(participant.code)
  const byName = new Map(sections.map((section) => [section.name, section]))

  async function resolveReference(
    { nhsNumber }: RecordReference,
    { reader, claims }: SubgraphContext,
    info: GraphQLResolveInfo,
  ) {
    const patient = reader.readPatient(nhsNumber)
    for (const { name, args } of fieldsAhead(info, recordType)) {
      const section = byName.get(name)
      if (section && maySeePart(claims, partOf(name, participant), args))
        startReading(() => reader.readSection(toSlice(nhsNumber, section, args)))
    }
    const held = await patient
    if (!held) return null
    // This source may not know of a flag that another has set.
    const isSensitive = claims.patient?.is_sensitive === true
    const demographics = isSensitive ? withoutLocation(held.demographics) : held.demographics
    return { nhsNumber, asOf: held.asOf.toISOString(), demographics }
  }

  const fields = sections.map((section) => [
    section.name,
    async ({ nhsNumber }: RecordReference, args: SectionArguments, { reader }: SubgraphContext) =>
      toConnection(await reader.readSection(toSlice(nhsNumber, section, args))),
  ])
  return { __resolveReference: resolveReference, ...Object.fromEntries(fields) }
}

/** Whatever goes wrong here goes wrong again, and is reported, where the section is resolved. */
function startReading(read: () => Promise<unknown>): void {
  try {
    read().catch(() => {})
  } catch {
    // An argument that cannot be used.
  }
}
