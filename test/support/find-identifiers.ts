import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stories } from '../../population/stories/stories.ts'
import { toNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'

/** Ten digits that stand alone, in the groups in which an NHS number is written. */
const NUMBER = /(?<![\w-])9\d{2}([ -]?)\d{3}\1\d{4}(?![\w-])/g

/** The line of `lcr start` that invites to ask for an invented patient. */
const INVITATION = /^\s+-d '\{"query":/

const names = stories.map(({ name }) => name)
const places = stories.flatMap(({ person }) => [person.line, person.postcode])

/** One line that holds an identifier of a patient. */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly what: 'an NHS number' | 'a name' | 'an address'
}

/** Finds identifiers of patients in the files of a folder: which line of which file, never what. */
export async function findIdentifiers(
  folder: string,
): Promise<{ readonly lines: number; readonly findings: readonly Finding[] }> {
  const files = await readdir(folder)
  let lines = 0
  const findings: Finding[] = []
  for (const file of files) {
    let number = 0
    for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
      lines += 1
      number += 1
      const what = INVITATION.test(line) ? null : identifierIn(line)
      if (what !== null) findings.push({ file, line: number, what })
    }
  }
  return { lines, findings }
}

/** What of a patient stands in a line of text; null for nothing. */
export function identifierIn(line: string): Finding['what'] | null {
  const numbers = line.match(NUMBER) ?? []
  if (numbers.some((number) => toNhsNumber(number.replaceAll('-', '')) !== null))
    return 'an NHS number'
  if (names.some((name) => line.includes(name))) return 'a name'
  return places.some((place) => line.includes(place)) ? 'an address' : null
}
