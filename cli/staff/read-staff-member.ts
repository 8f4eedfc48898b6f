import type { StaffMember } from '../../gateway/governance/staff-register/staff-members.ts'
import { toNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'
import type { LineProblem } from '../csv/read-rows.ts'

/** The columns of the file, all of which its first line must name. */
export const columns = ['user_id', 'nhs_number', 'ods_code'] as const

export type Column = (typeof columns)[number]

const USER_ID = /^[\w.@-]{1,64}$/

/**
 * Reads one row; or says everything that is wrong with it.
 *
 * @param odsCodes of the participant's organisations: it lists nobody else's staff
 */
export function readStaffMember(
  fields: Readonly<Record<Column, string>>,
  odsCodes: ReadonlySet<string>,
): StaffMember | readonly LineProblem<Column>[] {
  const problems: LineProblem<Column>[] = []
  const userId = fields.user_id
  if (!USER_ID.test(userId)) {
    const problem = 'it is no national user id: up to 64 letters, digits and . _ @ -'
    problems.push({ column: 'user_id', problem })
  }
  const nhsNumber = toNhsNumber(fields.nhs_number)
  if (nhsNumber === null) {
    const problem = 'it is no NHS number: ten digits, the last one a check'
    problems.push({ column: 'nhs_number', problem })
  }
  const odsCode = fields.ods_code.toUpperCase()
  if (!odsCodes.has(odsCode)) {
    const problem = "it is none of the participant's organisations"
    problems.push({ column: 'ods_code', problem })
  }
  return nhsNumber === null || problems.length > 0 ? problems : { userId, nhsNumber, odsCode }
}
