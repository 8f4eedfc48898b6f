import { readFile } from 'node:fs/promises'
import { ConformanceProblem } from '../../conformance/problem.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { readParticipantDescription } from '../../subgraphs/kit/participant-description.ts'
import type { ConformanceCommand } from '../conformance.ts'

/**
 * The participant that the command line speaks of: from its description, from this project, or from
 * what is said of it.
 *
 * @throws {ConformanceProblem} when it speaks of none
 * @throws {DescriptionError} when the description does not hold
 */
export async function findParticipant(options: ConformanceCommand): Promise<Participant> {
  const { description, participant: code, name, kind, participation } = options
  if (description !== undefined) return readDescription(description)
  if (code === undefined) {
    throw new ConformanceProblem(
      'Say which participant: --participant <code> or --description <file>',
    )
  }
  if (!/^[a-z][a-z0-9]{1,19}$/.test(code)) {
    throw new ConformanceProblem('A participant’s code is a word of lower-case letters and digits')
  }
  const known = (await findParticipants()).find((one) => one.code === code)
  const contact = { name: code }
  return {
    code,
    name: name ?? known?.name ?? code,
    kind: kind ?? known?.kind ?? 'TRUST',
    participation: participation ?? known?.participation ?? 'FULL',
    complaints: known?.complaints ?? contact,
    subjectAccess: known?.subjectAccess ?? contact,
    organisations: known?.organisations ?? [],
  }
}

async function readDescription(file: string): Promise<Participant> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new ConformanceProblem(`${file} cannot be read as JSON`, { cause: error })
  }
  return readParticipantDescription(json)
}
