import { stories } from '../../population/stories/stories.ts'
import { askRecord } from './ask-record.ts'
import type { RecordAnswer } from './check-record.ts'
import type { SoakSystem } from './soak-system.ts'

/** Where somebody may see one of the people with a story: King's, and their practices. */
const ORGANISATIONS = [
  'RJZ',
  ...['H85115', 'G85651', 'E87010', 'H83015', 'G85046', 'E87739', 'F83061', 'H83018', 'E86038'],
]

/** The records that somebody may see. */
export interface OpenRecords {
  /** The whole record of each patient, by NHS number. */
  readonly whole: ReadonlyMap<string, RecordAnswer>
  /** Asks for a patient's record as somebody who may see it. */
  ask(nhsNumber: string): Promise<RecordAnswer>
  /** Ends the renewal of tokens. */
  end(): void
}

/** Finds out who may see which of the people with a story, and keeps their tokens valid. */
export async function openRecords(system: SoakSystem): Promise<OpenRecords> {
  const tokens = new Map<string, string>()
  const renew = async () => {
    for (const at of ORGANISATIONS) tokens.set(at, await system.token('ed-doctor.sel', at))
  }
  await renew()
  const renewing = setInterval(renew, 60_000)
  const askAt = (at: string, nhsNumber: string) =>
    askRecord(system.url, tokens.get(at) ?? '', nhsNumber)
  const seenAt = new Map<string, string>()
  const whole = new Map<string, RecordAnswer>()
  for (const { nhsNumber } of stories) {
    for (const at of ORGANISATIONS) {
      if (whole.has(nhsNumber)) break
      const answer = await askAt(at, nhsNumber)
      if (!answer.body.data?.patient || answer.body.errors) continue
      whole.set(nhsNumber, answer)
      seenAt.set(nhsNumber, at)
    }
  }
  return {
    whole,
    ask: (nhsNumber) => askAt(seenAt.get(nhsNumber) ?? '', nhsNumber),
    end: () => clearInterval(renewing),
  }
}
