import type { DocumentNode } from 'graphql'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import {
  DescriptionError,
  type ParticipantDescription,
  readParticipantDescription,
} from '../../subgraphs/kit/participant-description.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { takenTypeOf } from '../../subgraphs/kit/schema/taken-type.ts'
import { everySection } from '../../subgraphs/kit/shares.ts'
import type { InitOptions } from '../init.ts'
import { InitProblem } from './init-problem.ts'

/** Of the numbers that are never given to anybody (Ofcom). */
const MADE_UP = '020 7946 0000'

/**
 * The description of the participant to be, with made-up contacts where the command line says nothing.
 *
 * @param known the participants and the contract, whose codes and names are taken
 * @throws {InitProblem} naming the option that does not hold
 */
export function describeParticipant(
  options: InitOptions,
  known: { readonly participants: readonly Participant[]; readonly contract: DocumentNode },
): ParticipantDescription {
  const { code, name, kind, participation } = options
  // It stands in texts of several kinds, each with marks of its own.
  if (/["\\\p{Cc}]/u.test(name)) {
    throw new InitProblem('--name: leave out quotation marks, backslashes and line breaks')
  }
  const odsCodes = options.odsCode ?? [`X${code.toUpperCase()}`.slice(0, 10)]
  const description = read(
    {
      ...{ code, name, kind, participation },
      complaints: { name: 'Patient Advice and Liaison Service', telephone: MADE_UP },
      subjectAccess: { name: 'Subject access requests', telephone: MADE_UP },
      organisations: odsCodes.map((odsCode, place) => ({
        odsCode,
        name: place === 0 ? name : `Organisation ${odsCode}`,
        kind: kind === 'TRUST' ? 'ACUTE_TRUST' : 'COMMISSIONER',
      })),
      ...(isContributor({ participation }) && { shares: everySection('LIVE') }),
    },
    odsCodes,
  )
  refuseTakenCode(code, known)
  refuseTakenOrganisations(odsCodes, known.participants)
  return description
}

function read(json: unknown, odsCodes: readonly string[]): ParticipantDescription {
  try {
    return readParticipantDescription(json)
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error
    throw new InitProblem(error.problems.map((each) => byOption(each, odsCodes)).join('; '), {
      cause: error,
    })
  }
}

/** The description's place, as the option that filled it. */
function byOption(problem: string, odsCodes: readonly string[]): string {
  const [, place, index, rest] = /^(\w+)(?:\[(\d+)\]\S*)?: (.*)$/s.exec(problem) ?? []
  if (place === 'organisations') {
    const odsCode = index === undefined ? '' : ` '${odsCodes[Number(index)]}'`
    return `--ods-code${odsCode}: ${rest}`
  }
  return place === 'code' || place === 'name' ? `--${place}: ${rest}` : problem
}

/** Two participants with names alike could not tell their types apart, nor from the contract's. */
function refuseTakenCode(
  code: string,
  known: { readonly participants: readonly Participant[]; readonly contract: DocumentNode },
): void {
  if (known.participants.some((participant) => participant.code === code)) {
    throw new InitProblem(`--code: '${code}' is a participant already: choose another`)
  }
  const type = takenTypeOf(code, known.contract)
  if (type !== undefined) {
    throw new InitProblem(`--code: '${code}' would make a type ${type}, which the contract has`)
  }
}

function refuseTakenOrganisations(
  odsCodes: readonly string[],
  participants: readonly Participant[],
): void {
  for (const { code, organisations } of participants) {
    const taken = organisations.find(({ odsCode }) => odsCodes.includes(odsCode))
    if (taken) {
      throw new InitProblem(`--ods-code: ${taken.odsCode} belongs to '${code}' already`)
    }
  }
}
