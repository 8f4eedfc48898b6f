import { readFile } from 'node:fs/promises'
import { admitParticipant, findAdmitted } from '../../gateway/registry/store/admitted.ts'
import type { Organisation, Participant } from '../../subgraphs/kit/participant.ts'
import {
  DescriptionError,
  type ParticipantDescription,
  readParticipantDescription,
} from '../../subgraphs/kit/participant-description.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { takenTypeOf } from '../../subgraphs/kit/schema/taken-type.ts'
import { inRegistry, RegistryCommandProblem, runOperating } from './open-registry.ts'

/**
 * Admits the participant that a file describes.
 *
 * @returns the exit code: 0 admitted, 2 not
 */
export function runAdmit(file: string, databaseUrl: string | undefined): Promise<number> {
  return runOperating('admit', async () => {
    const description = await readDescription(file)
    const { code, name, participation } = description
    const isNew = await inRegistry(databaseUrl, async (db, participants) => {
      const admitted = await findAdmitted(db)
      refuseTaken(description, { participants, admitted })
      await refuseTakenTypes(code)
      await admitParticipant(db, description, new Date())
      return !admitted.has(code)
    })
    const done = isNew ? 'Admitted' : 'Took over the description of'
    process.stdout.write(`${done} ${name} (${code}, ${participation}).\n`)
    if (isNew) {
      process.stdout.write(
        `Next, a token for its publisher: npx lcr publisher ${code} --origin https://…\n`,
      )
    }
  })
}

async function readDescription(file: string): Promise<ParticipantDescription> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new RegistryCommandProblem(`there is no file '${file}'`)
  })
  try {
    return readParticipantDescription(JSON.parse(text))
  } catch (error) {
    if (error instanceof DescriptionError) {
      throw new RegistryCommandProblem(`${file} does not hold:\n  ${error.problems.join('\n  ')}`)
    }
    throw new RegistryCommandProblem(`${file} is not JSON`)
  }
}

/** An organisation belongs to one participant, or nobody could say who views. */
function refuseTaken(
  description: ParticipantDescription,
  known: {
    readonly participants: readonly Participant[]
    readonly admitted: ReadonlyMap<string, ParticipantDescription>
  },
): void {
  const { code } = description
  if (known.participants.some((participant) => participant.code === code)) {
    throw new RegistryCommandProblem(
      `'${code}' has a folder in this project, which describes it: it only needs a publisher`,
    )
  }
  const others = [...known.participants, ...known.admitted.values()].filter(
    (participant) => participant.code !== code,
  )
  const owners = new Map(
    others.flatMap((other) =>
      other.organisations.map((one: Organisation) => [one.odsCode, other.code] as const),
    ),
  )
  const taken = description.organisations.filter(({ odsCode }) => owners.has(odsCode))
  if (taken.length > 0) {
    const named = taken.map(({ odsCode }) => `${odsCode} (${owners.get(odsCode)})`).join(', ')
    throw new RegistryCommandProblem(`organisations that belong to others: ${named}`)
  }
}

/** A participant's types are named after its code: no type of the contract may have such a name. */
async function refuseTakenTypes(code: string): Promise<void> {
  const taken = takenTypeOf(code, await readContract())
  if (taken !== undefined) {
    throw new RegistryCommandProblem(
      `'${code}' would name a type ${taken}, which the contract has: choose another code`,
    )
  }
}
