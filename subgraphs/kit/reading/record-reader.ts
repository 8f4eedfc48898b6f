import DataLoader from 'dataloader'
import { badArgument } from '../errors.ts'
import type { HeldPatient, Page, PatientKey } from './read-slices.ts'
import type { RecordKey, Slice } from './slice.ts'

/** More slices than any reader needs: sixteen sections, and aliases for comparisons. */
const MAX_SLICES = 200

/** Reads patients and their sections for one request, everything asked at once read at once. */
export interface RecordReader {
  /** Null when the participant holds nothing about the patient that may be shared. */
  readPatient(record: RecordKey): Promise<HeldPatient | null>
  /** @throws BAD_USER_INPUT when a request asks for more slices than any reader needs */
  readSection(slice: Slice): Promise<Page>
}

/** What is read under one key; an error where that alone failed. */
export type Answer = Page | HeldPatient | null | Error

/**
 * A reader for one request: what is asked twice is read once.
 *
 * @param read answers all that is asked at once, in that order
 */
export function createRecordReader(
  read: (keys: readonly (Slice | PatientKey)[]) => Promise<Answer[]>,
): RecordReader {
  const asked = new Set<string>()
  const loader = new DataLoader<Slice | PatientKey, Page | HeldPatient | null, string>(read, {
    cacheKeyFn: JSON.stringify,
  })
  return {
    readPatient: ({ nhsNumber, server }) =>
      loader.load({ nhsNumber, server, section: null }) as Promise<HeldPatient | null>,
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
