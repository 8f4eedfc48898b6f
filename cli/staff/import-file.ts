import { replaceStaff } from '../../gateway/governance/staff-register/replace-staff.ts'
import type { StaffMember } from '../../gateway/governance/staff-register/staff-members.ts'
import { type LineProblem, readRows } from '../csv/read-rows.ts'
import { count, type ImportCommand, type ImportSource } from '../csv/run-import.ts'
import { type Column, columns, readStaffMember } from './read-staff-member.ts'

/** `lcr staff import`. */
export const importCommand: ImportCommand = {
  name: 'lcr staff import',
  whenBroken: 'the earlier list stands as it was',
  async run(source) {
    const counts = { refused: 0 }
    const { code } = source.participant
    const listed = await replaceStaff(source.db, code, readMembers(source, counts))
    const summary =
      listed === 0
        ? `Nobody listed for ${code}: the earlier list stands`
        : `${count(listed, 'entry', 'entries')} listed for ${code}, in place of the earlier list`
    return { summary, ...counts }
  },
}

/** So many lines are written at once. */
const BATCH = 500

async function* readMembers(
  source: ImportSource,
  counts: { refused: number },
): AsyncGenerator<StaffMember[]> {
  const odsCodes = new Set(source.participant.organisations.map(({ odsCode }) => odsCode))
  const numbers = new Map<string, string>()
  let batch: StaffMember[] = []
  for await (const row of readRows(source.chunks, columns)) {
    source.onProgress(row.line)
    const member =
      'problem' in row
        ? [{ column: null, problem: row.problem }]
        : withOneNumber(readStaffMember(row.fields, odsCodes), numbers)
    if ('userId' in member) {
      batch.push(member)
    } else {
      counts.refused += 1
      for (const problem of member) source.onProblem(row.line, problem)
    }
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

const TWO_NUMBERS: LineProblem<Column> = {
  column: 'nhs_number',
  problem: 'this user stands with another number further up: one of the two is wrong',
}

/** A person is one patient: who stands with two numbers is refused with the second. */
function withOneNumber(
  member: ReturnType<typeof readStaffMember>,
  numbers: Map<string, string>,
): ReturnType<typeof readStaffMember> {
  if (!('userId' in member)) return member
  const { userId, nhsNumber } = member
  const known = numbers.get(userId)
  if (known !== undefined && known !== nhsNumber) return [TWO_NUMBERS]
  numbers.set(userId, nhsNumber)
  return member
}
