import { ExclusionListError } from './list-error.ts'
import { readConceptId, readLoincCode } from './read-id.ts'
import { readRows, type TableRow } from './table.ts'

/** The members of a file. */
export interface Members {
  readonly snomed: readonly string[]
  readonly loinc: readonly string[]
}

/**
 * Reads a full list: rows of a simple reference set as SNOMED CT releases them (RF2, tab-separated),
 * or a plain list, one id a line or in the column that is headed as one. Only active rows count, of
 * RF2 the latest state of each. A code given twice counts once.
 *
 * @param refsets the reference sets of which a released file's members count
 * @throws {ExclusionListError} naming the line of the first thing that is wrong; also when the file
 *   holds no member at all, since a list that excludes nothing was not meant
 */
export function readRefset(file: string, text: string, refsets: ReadonlySet<string>): Members {
  const rows = readRows(file, text)
  const [header] = rows
  const members =
    header &&
    columnOf(header, 'referencedComponentId') !== null &&
    columnOf(header, 'refsetId') !== null
      ? readReleased(file, header, rows.slice(1), refsets)
      : readPlain(file, rows)
  if (members.snomed.length + members.loinc.length === 0) {
    throw new ExclusionListError(file, null, 'it holds no active member')
  }
  return members
}

function readReleased(
  file: string,
  header: TableRow,
  rows: readonly TableRow[],
  wanted: ReadonlySet<string>,
): Members {
  const place = (name: string) => {
    const column = columnOf(header, name)
    if (column === null) throw new ExclusionListError(file, header.line, `it has no column ${name}`)
    return column
  }
  const [id, time, active] = [place('id'), place('effectiveTime'), place('active')]
  const [refset, member] = [place('refsetId'), place('referencedComponentId')]
  const latest = new Map<string, { readonly time: string; readonly concept: string | null }>()
  for (const { line, cells } of rows) {
    const inSet = readConceptId(cells[refset] ?? '', { file, line })
    const concept = readConceptId(cells[member] ?? '', { file, line })
    if (!wanted.has(inSet)) continue
    const [key, state, at] = [cells[id] ?? '', cells[active] ?? '', cells[time] ?? '']
    if (!/^[01]$/.test(state) || !/^\d{8}$/.test(at) || key === '') {
      throw new ExclusionListError(file, line, 'it is no row of a reference set')
    }
    const known = latest.get(key)
    if (known && known.time > at) continue
    latest.set(key, { time: at, concept: state === '1' ? concept : null })
  }
  const concepts = [...latest.values()].flatMap(({ concept }) => concept ?? [])
  return { snomed: [...new Set(concepts)], loinc: [] }
}

const ID_COLUMNS = ['conceptId', 'sctid', 'snomedCode', 'snomedCtCode', 'snomedId', 'code', 'id']

function readPlain(file: string, rows: readonly TableRow[]): Members {
  const [first] = rows
  const hasHeader = first !== undefined && !/\d/.test(first.cells[0] ?? '')
  const columns = hasHeader ? ID_COLUMNS.map((name) => columnOf(first, name)) : [0]
  const column = columns.find((one) => one !== null)
  if (column === undefined || column === null) {
    throw new ExclusionListError(file, first?.line ?? null, 'no column is headed as ids are')
  }
  const active = hasHeader ? columnOf(first, 'active') : null
  const snomed = new Set<string>()
  const loinc = new Set<string>()
  for (const { line, cells } of hasHeader ? rows.slice(1) : rows) {
    const written = cells[column] ?? ''
    const isLoinc = written.includes('-')
    const code = isLoinc
      ? readLoincCode(written, { file, line })
      : readConceptId(written, { file, line })
    if (active === null || isActive(file, line, cells[active] ?? '')) {
      ;(isLoinc ? loinc : snomed).add(code)
    }
  }
  return { snomed: [...snomed], loinc: [...loinc] }
}

function isActive(file: string, line: number, written: string): boolean {
  if (/^(1|true|yes|active)$/i.test(written)) return true
  if (/^(0|false|no|inactive)$/i.test(written)) return false
  throw new ExclusionListError(file, line, 'it does not say whether it is active')
}

/** The place of a column, however its heading is spaced and capitalised. */
function columnOf({ cells }: TableRow, name: string): number | null {
  const plain = (heading: string) => heading.replace(/[^a-z]/gi, '').toLowerCase()
  const found = cells.findIndex((cell) => plain(cell) === name.toLowerCase())
  return found < 0 ? null : found
}
