import { ExclusionListError } from './list-error.ts'
import { readConceptId, readLoincCode } from './read-id.ts'
import { readRows, type TableRow } from './table.ts'

/** What one file of the short list holds. */
export interface SubjectList {
  /** Reference sets of SNOMED CT whose members are of this subject. */
  readonly refsets: readonly string[]
  /** Concepts, services included. */
  readonly snomed: readonly string[]
  readonly loinc: readonly string[]
  /** Codes or categories without the dot, `B24` and `A549`. */
  readonly icd10: readonly string[]
  readonly opcs4: readonly string[]
  readonly treatmentFunctions: readonly string[]
  readonly labels: readonly string[]
}

const HEADER = 'kind,code,meaning'

/**
 * Reads a file of the short list: `kind,code,meaning`, the kind one of refset, snomed, service, loinc,
 * icd10, opcs4, treatment-function and label. A code given twice counts once.
 *
 * @throws {ExclusionListError} naming the line of the first thing that is wrong
 */
export function readSubjectList(file: string, text: string): SubjectList {
  const [header, ...rows] = readRows(file, text)
  if (header?.cells.join(',').toLowerCase() !== HEADER) {
    throw new ExclusionListError(file, 1, `its first line must be ${HEADER}`)
  }
  if (rows.length === 0) throw new ExclusionListError(file, null, 'it is empty')
  const list = {
    refsets: new Set<string>(),
    snomed: new Set<string>(),
    loinc: new Set<string>(),
    icd10: new Set<string>(),
    opcs4: new Set<string>(),
    treatmentFunctions: new Set<string>(),
    labels: new Set<string>(),
  }
  for (const row of rows) {
    const [part, code] = readRow(file, row)
    list[part].add(code)
  }
  return {
    refsets: [...list.refsets],
    snomed: [...list.snomed],
    loinc: [...list.loinc],
    icd10: [...list.icd10],
    opcs4: [...list.opcs4],
    treatmentFunctions: [...list.treatmentFunctions],
    labels: [...list.labels],
  }
}

function readRow(file: string, { line, cells }: TableRow): [keyof SubjectList, string] {
  const [kind = '', code = ''] = cells
  switch (kind.toLowerCase()) {
    case 'refset':
      return ['refsets', readConceptId(code, { file, line })]
    case 'snomed':
    case 'service':
      return ['snomed', readConceptId(code, { file, line })]
    case 'loinc':
      return ['loinc', readLoincCode(code, { file, line })]
    case 'icd10':
    case 'opcs4':
      if (/^[A-Z]\d\d(?:\.\d{1,2})?$/.test(code)) {
        return [kind.toLowerCase() as 'icd10' | 'opcs4', code.replace('.', '')]
      }
      throw new ExclusionListError(
        file,
        line,
        `${kind} has a letter and two digits, or .1 behind them`,
      )
    case 'treatment-function':
      if (/^[1-9]\d{2}$/.test(code)) return ['treatmentFunctions', code]
      throw new ExclusionListError(file, line, 'a treatment function has three digits')
    case 'label':
      if (/^v3-(ActCode|Confidentiality)#[A-Z]+$/.test(code)) return ['labels', code]
      throw new ExclusionListError(file, line, 'a label is v3-ActCode#… or v3-Confidentiality#…')
    default:
      throw new ExclusionListError(file, line, `there is no kind ${JSON.stringify(kind)}`)
  }
}
