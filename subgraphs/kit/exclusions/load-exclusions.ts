import { hash } from 'node:crypto'
import { join } from 'node:path'
import { projectRoot } from '../../../project-root.ts'
import type { ExclusionLists } from './exclusion-lists.ts'
import { type ListFile, readFolder } from './read-folder.ts'
import { readSubjectList, type SubjectList } from './read-list.ts'
import { type Members, readRefset } from './read-refset.ts'

/** Which lists are used; `LCR_EXCLUSIONS_DIR` and `LCR_EXCLUDE_TERMINATION` (docs/exclusions.md). */
export interface ExclusionSettings {
  /** The folder of the full lists; the short list alone when left out. */
  readonly folder?: string | undefined
  /** True unless said otherwise. */
  readonly excludesTermination?: boolean
}

const SHORT_LIST = join(projectRoot, 'subgraphs', 'kit', 'exclusions', 'lists')
const TERMINATION = 'termination.csv'

/** To be raised when the rules of judging change, so that what is stored is judged again. */
const RULES = 2

/**
 * Reads what is never shared: the short list, and the full lists where a folder is given.
 *
 * @throws {ExclusionListError} when any of it cannot be trusted: nothing may run without it
 */
export async function loadExclusions(settings: ExclusionSettings = {}): Promise<ExclusionLists> {
  const { folder, excludesTermination = true } = settings
  const short = await readFolder(SHORT_LIST)
  const subjects = short
    .filter(({ name }) => excludesTermination || name !== TERMINATION)
    .map(({ name, text }) => readSubjectList(name, text))
  const full = folder === undefined ? [] : await readFolder(folder)
  const refsets = new Set(subjects.flatMap((subject) => subject.refsets))
  const off = excludesTermination ? [] : refsetsOf(short, TERMINATION)
  const members = full
    .filter((file) => !isOf(off, file))
    .map(({ name, text }) => readRefset(name, text, refsets))
  return toLists(subjects, members)
}

function refsetsOf(files: readonly ListFile[], wanted: string): readonly string[] {
  return files.flatMap(({ name, text }) =>
    name === wanted ? readSubjectList(name, text).refsets : [],
  )
}

/** A plain list says by its name of which subject it is: `termination…`, or the reference set's id. */
function isOf(refsets: readonly string[], { name, text }: ListFile): boolean {
  if (refsets.length === 0 || /\breferencedComponentId\b/.test(text.slice(0, 200))) return false
  return /^termination/i.test(name) || refsets.some((refset) => name.includes(refset))
}

function toLists(subjects: readonly SubjectList[], members: readonly Members[]): ExclusionLists {
  const lists = {
    snomed: new Set([...subjects, ...members].flatMap(({ snomed }) => snomed)),
    loinc: new Set([...subjects, ...members].flatMap(({ loinc }) => loinc)),
    icd10: new Set(subjects.flatMap(({ icd10 }) => icd10)),
    opcs4: new Set(subjects.flatMap(({ opcs4 }) => opcs4)),
    treatmentFunctions: new Set(subjects.flatMap((subject) => subject.treatmentFunctions)),
    labels: new Set(subjects.flatMap((subject) => subject.labels)),
  }
  const sorted = Object.values(lists).map((list) => [...list].sort())
  return { ...lists, digest: hash('sha256', JSON.stringify([RULES, ...sorted])) }
}
