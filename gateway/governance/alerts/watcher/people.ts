import { type Kysely, sql } from 'kysely'
import { findStaff, type StaffMember } from '../../staff-register/staff-members.ts'
import type { GovernanceDatabase } from '../../store/tables.ts'
import type { PatientName } from '../rules/names.ts'
import type { Known, Look } from '../rules/rule.ts'

/** What the index and the staff register know of those whom some looks are about. */
export interface People {
  patient(look: Look): Known['patient']
  register(look: Look): Known['register']
}

/** Finds everybody whom some looks are about, in two statements. */
export async function findPeople(
  db: Kysely<GovernanceDatabase>,
  looks: readonly Look[],
): Promise<People> {
  const patients = await findPatients(db, [...new Set(looks.map(({ nhsNumber }) => nhsNumber))])
  const staff = await findStaff(db, {
    userIds: [...new Set(looks.map(({ user }) => user.userId))],
    nhsNumbers: [...patients.values()].flatMap(({ numbers }) => numbers),
  })
  const byUser = group(staff, 'userId')
  const byPatient = group(staff, 'nhsNumber')
  const patient = ({ nhsNumber }: Look) =>
    patients.get(nhsNumber) ?? { numbers: [nhsNumber], names: [] }
  return {
    patient,
    register: (look) => ({
      ofUser: (byUser.get(look.user.userId) ?? []).map(({ nhsNumber }) => nhsNumber),
      ofPatient: patient(look).numbers.flatMap(
        (number): readonly StaffMember[] => byPatient.get(number) ?? [],
      ),
    }),
  }
}

function group(staff: readonly StaffMember[], by: 'userId' | 'nhsNumber') {
  const groups = new Map<string, StaffMember[]>()
  for (const member of staff) {
    groups.set(member[by], [...(groups.get(member[by]) ?? []), member])
  }
  return groups
}

/** Each patient by the number in the event, with every number that replaced it or was replaced. */
async function findPatients(
  db: Kysely<GovernanceDatabase>,
  nhsNumbers: readonly string[],
): Promise<Map<string, Known['patient']>> {
  const { rows } = await sql<{ number: string; numbers: string[]; names: PatientName[] }>`
    with recursive linked (number, nhs_number) as (
      select number, number from unnest(${[...nhsNumbers]}::text[]) as number
      union
      select linked.number, neighbour.nhs_number from linked
      cross join lateral (
        select new_number as nhs_number from number_link where old_number = linked.nhs_number
        union all
        select old_number from number_link where new_number = linked.nhs_number
      ) as neighbour
    )
    select number, array_agg(distinct linked.nhs_number) as numbers,
      coalesce(json_agg(demographics -> 'name')
        filter (where json_typeof(demographics -> 'name') = 'object'), '[]') as names
    from linked left join holder using (nhs_number)
    group by number`.execute(db)
  return new Map(rows.map(({ number, numbers, names }) => [number, { numbers, names }]))
}
