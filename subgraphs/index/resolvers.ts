import type { Participant } from '../kit/participant.ts'
import { participantTypeName } from '../kit/schema/participant-sdl.ts'
import { sharesOf } from '../kit/shares.ts'
import type { PatientMatch, PatientSearch } from './find-patients.ts'
import type { Located } from './locate.ts'
import { type Reader, shownTo } from './patient.ts'

/** Who asks, as far as `Query.me` tells and the index decides by. */
export interface IndexCaller extends Reader {
  readonly userId: string
  readonly name: string
  readonly role: { readonly code: string; readonly name: string }
  readonly odsCode: string
  readonly purpose: string
  readonly assuranceLevel: number
}

/** What one operation on the index runs with. */
export interface IndexContext {
  readonly caller: IndexCaller
  /** Whether the caller may learn that a patient is known: nobody else's is found. */
  mayLearnOf(located: Located): Promise<boolean>
  /** Finds a patient, or hands out the one that was found for this operation already. */
  locate(nhsNumber: string): Promise<Located | null> | Located | null
}

/** What the resolvers work with beside their context. */
export interface IndexParts {
  readonly participants: readonly Participant[]
  findPatients(search: PatientSearch, context: IndexContext): Promise<PatientMatch[]>
}

/** Resolvers of the index; all but the root fields are read from what these return. */
export function indexResolvers({ participants, findPatients }: IndexParts) {
  const stubs = participants.map((participant) => {
    const { code, name, kind, participation } = participant
    return {
      __typename: participantTypeName(code),
      ...{ code, name, kind, participation, shares: sharesOf(participant) },
    }
  })
  return {
    Query: {
      patient: findPatient,
      findPatients: (_root: unknown, search: PatientSearch, context: IndexContext) =>
        findPatients(search, context),
      participants: () => stubs,
      me: (_root: unknown, _args: unknown, { caller }: IndexContext) => toMe(caller, participants),
    },
    Patient: {
      __resolveReference: (reference: { readonly nhsNumber: string }, context: IndexContext) =>
        findPatient(null, reference, context),
    },
  }
}

async function findPatient(
  _root: unknown,
  { nhsNumber }: { readonly nhsNumber: string },
  context: IndexContext,
) {
  const located = await context.locate(nhsNumber)
  return located && shownTo(context.caller, located)
}

function toMe(caller: IndexCaller, participants: readonly Participant[]) {
  const { userId, name, role, odsCode, purpose, assuranceLevel } = caller
  const isOwn = (organisation: { readonly odsCode: string }) => organisation.odsCode === odsCode
  const participant = participants.find(({ organisations }) => organisations.some(isOwn))
  return {
    userId,
    name,
    role: { code: role.code, name: role.name },
    organisation: participant?.organisations.find(isOwn) ?? { odsCode },
    participant: participant?.code ?? null,
    purpose,
    assuranceLevel,
  }
}
