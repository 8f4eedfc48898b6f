import DataLoader from 'dataloader'
import type { Kysely } from 'kysely'
import { badArgument } from '../errors.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import { readScreened, type Screen } from './read-screened.ts'
import type { HeldPatient, Page, PatientKey } from './read-slices.ts'
import type { Slice } from './slice.ts'

/** More slices than any reader needs: sixteen sections, and aliases for comparisons. */
const MAX_SLICES = 200

/** Reads patients and their sections for one request, everything asked at once in one statement. */
export interface RecordReader {
  /** Null when the participant holds nothing about the patient that may be shared. */
  readPatient(nhsNumber: string): Promise<HeldPatient | null>
  /** @throws BAD_USER_INPUT when a request asks for more slices than any reader needs */
  readSection(slice: Slice): Promise<Page>
}

/** A reader for one request: what is asked twice is read once. */
export function createRecordReader(db: Kysely<ParticipantDatabase>, screen: Screen): RecordReader {
  const asked = new Set<string>()
  const loader = new DataLoader<Slice | PatientKey, Page | HeldPatient | null, string>(
    (keys) => readScreened(db, keys, screen),
    { cacheKeyFn: JSON.stringify },
  )
  return {
    readPatient: (nhsNumber) =>
      loader.load({ nhsNumber, section: null }) as Promise<HeldPatient | null>,
    readSection(slice) {
      const key = JSON.stringify(slice)
      if (!asked.has(key) && asked.size >= MAX_SLICES) {
        throw badArgument('first', `asked for at most ${MAX_SLICES} times in one request`)
      }
      asked.add(key)
      return loader.load(slice) as Promise<Page>
    },
  }
}
