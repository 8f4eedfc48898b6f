import type { GraphQLResolveInfo } from 'graphql'
import type { ExtensionContext, Participant } from '../participant.ts'
import { toConnection, toNotShared } from '../reading/connection.ts'
import { fieldsAhead } from '../reading/look-ahead.ts'
import { withShownNames } from '../reading/shown-names.ts'
import { type RecordKey, type Section, type SectionArguments, toSlice } from '../reading/slice.ts'
import { recordTypeName } from '../schema/participant-sdl.ts'
import { notSharedBy } from '../shares.ts'
import type { SubgraphContext } from './context.ts'
import { maySeePart, partOf } from './reader-rules.ts'
import { type Withholding, withholdingOf } from './withholding.ts'

/** What the gateway asks with: one of an earlier edition names no server. */
interface RecordReference {
  readonly nhsNumber: string
  readonly server?: string | null
}

interface HeldRecord extends RecordKey {
  /** How a sensitive patient's location is kept back; null where all may be shown. */
  readonly withholding: Withholding | null
}

/**
 * Resolvers of a participant's record type. The reference already starts reading the sections that
 * its selection asks for, so that they come in the same statement as the patient; a section's
 * own resolver then finds its page under way. What the role of the assertion may not see is not even
 * read. Entries are served from their JSON without resolvers.
 */
export function recordResolvers(participant: Participant, sections: readonly Section[]) {
  const recordType = recordTypeName(participant.code)
  const notShared = new Set<string>(notSharedBy(participant))
  const shared = sections.filter(({ name }) => !notShared.has(name))
  const byName = new Map(shared.map((section) => [section.name, section]))

  async function resolveReference(
    { nhsNumber, server = null }: RecordReference,
    { reader, claims }: SubgraphContext,
    info: GraphQLResolveInfo,
  ) {
    const record = { nhsNumber, server }
    const patient = reader.readPatient(record)
    for (const { name, args } of fieldsAhead(info, recordType)) {
      const section = byName.get(name)
      if (section && maySeePart(claims, partOf(name, participant), args))
        startReading(() => reader.readSection(toSlice(record, section, args)))
    }
    const held = await patient
    if (!held) return null
    const withholding = withholdingOf(held, claims)
    const demographics = withShownNames(held.demographics)
    return {
      ...record,
      asOf: held.asOf.toISOString(),
      demographics: withholding ? withholding.demographics(demographics) : demographics,
      withholding,
    }
  }

  const fields = shared.map((section) => [
    section.name,
    async (record: HeldRecord, args: SectionArguments, { reader }: SubgraphContext) => {
      const { withholding } = record
      const page = await reader.readSection(toSlice(record, section, args))
      return toConnection(
        withholding ? withholding.page(section.name, page) : page,
        participant.code,
      )
    },
  ])
  return {
    __resolveReference: resolveReference,
    ...extensionResolvers(participant, recordType),
    ...Object.fromEntries(fields),
    ...Object.fromEntries(
      [...notShared].map((name) => [name, () => toNotShared(participant.code)]),
    ),
  }
}

/** What the participant adds, which shows of a sensitive patient what it says itself, or nothing. */
function extensionResolvers({ extension }: Participant, recordType: string) {
  const own = Object.entries(extension?.resolvers[recordType] ?? {})
  return Object.fromEntries(
    own.map(([field, resolve]) => [
      field,
      async (
        record: HeldRecord,
        args: Readonly<Record<string, unknown>>,
        context: SubgraphContext,
      ) => {
        const { nhsNumber, server } = record
        const own: ExtensionContext = {
          findResources: (_nhsNumber, type) => context.findResources({ nhsNumber, server }, type),
        }
        const value = await resolve(record, args, own)
        return record.withholding
          ? record.withholding.addition(value, extension?.withoutLocation?.[field])
          : value
      },
    ]),
  )
}

/** Whatever goes wrong here goes wrong again, and is reported, where the section is resolved. */
function startReading(read: () => Promise<unknown>): void {
  try {
    read().catch(() => {})
  } catch {
    // An argument that cannot be used.
  }
}
