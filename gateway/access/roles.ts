/** Groups of national job roles that the rules speak of. */
export type RoleGroup = 'DOCTOR' | 'NURSE'

/**
 * National job role codes (the last part of `S:G:R`) by group. A role that stands nowhere here may
 * not view anything.
 */
const roleCodes: Readonly<Record<RoleGroup, readonly string[]>> = {
  DOCTOR: ['R0260', 'R0270', 'R6200', 'R6300', 'R0050', 'R0090', 'R0110', 'R0140', 'R8000'],
  NURSE: ['R8001', 'R0600', 'R0620', 'R0700', 'R1975', 'R8016'],
}

const groupByCode = new Map(
  Object.entries(roleCodes).flatMap(([group, codes]) =>
    codes.map((code) => [code, group as RoleGroup] as const),
  ),
)

/** The group of a job role; null for one that may not view. */
export function roleGroupOf(roleCode: string): RoleGroup | null {
  return groupByCode.get(roleCode) ?? null
}
