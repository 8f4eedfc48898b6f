import { type GraphQLError, type GraphQLSchema, getArgumentValues } from 'graphql'
import type { Locate, Located } from '../subgraphs/index/locate.ts'
import { toNhsNumber } from '../subgraphs/kit/fhir/nhs-number.ts'
import type { DecideAccess } from './access/evidence.ts'
import type { Grounds, PatientDecision } from './access/patient.ts'
import { errorAt } from './errors.ts'
import type { Caller } from './identity/caller.ts'
import type { ReadOperation } from './operation/read-operation.ts'

/** A patient whom the caller may see, and why. */
export interface OpenPatient {
  readonly located: Located
  readonly grounds: Grounds
}

/** An error for each open patient of whom nothing decides who they are. */
export function undecidedIdentities({ open }: DecidedPatients): readonly GraphQLError[] {
  return [...open]
    .filter(([, { located }]) => located.identity.basis === 'UNDECIDED')
    .map(([key]) => errorAt([key], 'PATIENT_IDENTITY_UNDECIDED'))
}

/** A patient who was asked about, known or not, and what was decided. */
interface DecidedPatient {
  readonly located: Located | null
  readonly decision: PatientDecision
}

/** The patients that an operation asks about, by the response key of each. */
export interface DecidedPatients {
  readonly decided: ReadonlyMap<string, DecidedPatient>
  /** Those whom the caller may see and somebody knows. */
  readonly open: ReadonlyMap<string, OpenPatient>
  /** One for each patient that the caller may not see: questions 6 and 7. */
  readonly refusals: readonly GraphQLError[]
}

/** The root field that leads to a patient. */
const PATIENT_FIELD = 'patient'

/**
 * Finds every patient of an operation in the index, and decides about each, before anything is
 * asked. One who is unknown and one who is none of the caller's business are answered alike.
 *
 * @throws GraphQLError for an NHS number that is not valid; else what the index or the decision throws
 */
export async function decidePatients(
  asked: { readonly schema: GraphQLSchema; readonly read: ReadOperation; readonly caller: Caller },
  locate: Locate,
  decide: DecideAccess,
): Promise<DecidedPatients> {
  const field = asked.schema.getQueryType()?.getFields()[PATIENT_FIELD]
  const nodes = [...asked.read.rootFields].filter(([, node]) => node.name.value === PATIENT_FIELD)
  const decided = await Promise.all(
    nodes.map(async ([key, node]) => {
      const { nhsNumber } = field ? getArgumentValues(field, node, asked.read.variables) : {}
      return [key, await decideOne(asked.caller, String(nhsNumber), { locate, decide })] as const
    }),
  )
  const open = new Map<string, OpenPatient>()
  const refusals: GraphQLError[] = []
  for (const [key, { located, decision }] of decided) {
    if (!decision.permitted) refusals.push(errorAt([key], decision.code))
    else if (located) open.set(key, { located, grounds: decision.grounds })
  }
  return { decided: new Map(decided), open, refusals }
}

/** Locates, reads the evidence at the same time, and decides once both are there. */
async function decideOne(
  caller: Caller,
  nhsNumber: string,
  index: { readonly locate: Locate; readonly decide: DecideAccess },
): Promise<DecidedPatient> {
  const number = toNhsNumber(nhsNumber)
  const locating = index.locate(nhsNumber)
  // What is no number leads to nobody: locating tells so.
  if (number === null) await locating
  const decision = await index.decide(caller, number ?? '', locating)
  return { located: await locating, decision }
}
