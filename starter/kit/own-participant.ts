import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { StartProblem } from '../../cli/start/problem.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { DescriptionError } from '../../subgraphs/kit/participant-description.ts'

/**
 * The participant of a folder: what its `participant.js` exports.
 *
 * @throws {StartProblem} when there is none, or its description does not hold
 */
export async function importOwnParticipant(folder = process.cwd()): Promise<Participant> {
  const file = join(folder, 'participant.js')
  try {
    const module = (await import(pathToFileURL(file).href)) as { participant?: Participant }
    if (module.participant !== undefined) return module.participant
  } catch (cause) {
    if (cause instanceof DescriptionError) throw new StartProblem(cause.message, { cause })
    const { code, message } = cause as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(file)) throw cause
  }
  throw new StartProblem(`${file} exports no participant: run this in the participant's folder`)
}
