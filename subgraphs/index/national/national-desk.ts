import type { Kysely } from 'kysely'
import { type Clock, systemClock } from '../../kit/clock.ts'
import type { PatientChange } from '../feed/feed-page.ts'
import { takeChanges } from '../feed/take-in.ts'
import { NATIONAL_SERVICE } from '../identity/claim.ts'
import type { IndexDatabase } from '../store/tables.ts'
import { askNationally, type NationalAges } from './ask-nationally.ts'
import type { KeptAnswer } from './kept-answers.ts'
import type { NationallyKnown, NationalService } from './national-answer.ts'

/** What came of asking nationally about a number: the schema's `NationalServiceState`. */
export type NationalState = 'NOT_CONNECTED' | 'VOUCHES' | 'NOT_KNOWN' | 'AWAY' | 'NOT_ASKED'

/** Where the index asks nationally. */
export interface NationalDesk {
  /** What is older counts no more. */
  readonly keptForMs: number
  /** Asks about a number where that is due; afterwards what the service says of it is in the index. */
  consult(nhsNumber: string): Promise<NationalState>
  close(): Promise<void>
}

/** The longest that anybody waits here: the service has a shorter time of its own. */
const LONGEST_WAIT_MS = 15_000

/**
 * Asks the national service, and writes what it says beside what participants' feeds tell: a claim of who
 * bears a number, links between numbers, and the registration.
 */
export function openNationalDesk(
  parts: NationalAges & {
    readonly db: Kysely<IndexDatabase>
    readonly service: NationalService
    readonly clock?: Clock
  },
): NationalDesk {
  const { db, service, clock = systemClock, keptForMs } = parts
  const asking = {
    ...parts,
    clock,
    onAnswer: (nhsNumber: string, kept: KeptAnswer) => tellIndex(db, nhsNumber, kept, keptForMs),
  }
  return {
    keptForMs,
    async consult(nhsNumber) {
      const word = await askNationally(asking, nhsNumber, AbortSignal.timeout(LONGEST_WAIT_MS))
      if (word.state === 'AWAY') return 'AWAY'
      return word.answer.outcome === 'KNOWN' ? 'VOUCHES' : 'NOT_KNOWN'
    },
    close: () => service.close(),
  }
}

/** What was said of the number before ends with every answer. */
async function tellIndex(
  db: Kysely<IndexDatabase>,
  nhsNumber: string,
  { answer, askedAt }: KeptAnswer,
  keptForMs: number,
): Promise<void> {
  const endsAt = new Date(askedAt.getTime() + keptForMs)
  const changes =
    answer.outcome === 'KNOWN' ? [toChange(nhsNumber, answer, { askedAt, endsAt })] : []
  await db.transaction().execute(async (transaction) => {
    for (const table of ['holder', 'care_relationship', 'number_link'] as const) {
      await transaction
        .deleteFrom(table)
        .where('participant', '=', NATIONAL_SERVICE)
        .where('nhs_number', '=', nhsNumber)
        .execute()
    }
    if (changes.length > 0) await takeChanges(transaction, NATIONAL_SERVICE, changes)
  })
}

function toChange(
  asked: string,
  answer: NationallyKnown,
  { askedAt, endsAt }: { readonly askedAt: Date; readonly endsAt: Date },
): PatientChange {
  const { nhsNumber, demographics, isSensitive, practice } = answer
  return {
    nhsNumber,
    // Read from here as whatever a feed tells.
    demographics: demographics as unknown as PatientChange['demographics'],
    isSensitive,
    holdsRecord: false,
    supersededBy: null,
    supersedes: asked === nhsNumber ? [] : [asked],
    asOf: askedAt.toISOString(),
    objection: null,
    relationships:
      practice === null
        ? []
        : [
            {
              odsCode: practice.odsCode,
              kind: 'GP_REGISTRATION' as const,
              startsAt: practice.startsAt?.toISOString() ?? null,
              endsAt: endsAt.toISOString(),
              evidence: 'Patient/national',
              referrer: null,
              recordedAt: askedAt.toISOString(),
            },
          ],
  }
}
