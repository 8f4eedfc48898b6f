import { isConceptId, isLoincCode } from './check-digits.ts'
import { ExclusionListError } from './list-error.ts'

/** Where an identifier stands, for the message when it is refused. */
export interface Place {
  readonly file: string
  readonly line: number
}

/**
 * The identifier of a SNOMED CT concept.
 *
 * @throws {ExclusionListError} when its check digit fails, and when a spreadsheet has ruined it
 */
export function readConceptId(written: string, { file, line }: Place): string {
  if (isConceptId(written)) return written
  throw new ExclusionListError(file, line, `${quoted(written)} ${problemOf(written)}`)
}

/**
 * A LOINC code.
 *
 * @throws {ExclusionListError} when its check digit fails
 */
export function readLoincCode(written: string, { file, line }: Place): string {
  if (isLoincCode(written)) return written
  const problem = written === '' ? 'is blank' : 'is no LOINC code: its form or check digit is wrong'
  throw new ExclusionListError(file, line, `${quoted(written)} ${problem}`)
}

function problemOf(written: string): string {
  if (written === '') return 'is blank'
  if (/^[\d.,]+e\+?\d+$/i.test(written)) return 'was ruined by a spreadsheet'
  if (/^0\d+$/.test(written)) return 'begins with a zero, as no SNOMED CT id does'
  if (!/^\d+$/.test(written)) return 'is no SNOMED CT id'
  if (written.length < 6 || written.length > 18) return 'has not the length of a SNOMED CT id'
  if (!/(00|10)\d$/.test(written)) return 'is no id of a SNOMED CT concept'
  return 'is no SNOMED CT id: its check digit is wrong'
}

/** A list is no place for long texts, and neither is a message. */
function quoted(written: string): string {
  return JSON.stringify(written.length > 40 ? `${written.slice(0, 40)}…` : written)
}
