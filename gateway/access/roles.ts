/** Groups of national job roles that the rules speak of. */
export type RoleGroup =
  | 'DOCTOR'
  | 'NURSE'
  | 'PHARMACIST'
  | 'ALLIED_HEALTH'
  | 'SOCIAL_CARE'
  | 'CLERICAL'
  | 'CALL_HANDLER'
  | 'PRIVACY_OFFICER'
  | 'CALDICOTT_GUARDIAN'

/**
 * National job role codes (the last part of `S:G:R`) by group. A role that stands nowhere here may
 * do nothing: systems support, researchers, analysts, lawyers, advisers and whatever is new.
 */
const roleCodes: Readonly<Record<RoleGroup, readonly string[]>> = {
  DOCTOR: ['R0260', 'R0270', 'R6200', 'R6300', 'R0050', 'R0090', 'R0110', 'R0140', 'R8000'],
  NURSE: ['R8001', 'R0600', 'R0620', 'R0700', 'R1975', 'R8016'],
  PHARMACIST: ['R1290'],
  ALLIED_HEALTH: ['R8003', 'R1070', 'R1110', 'R0950'],
  SOCIAL_CARE: ['R8014', 'R1330', 'R1340', 'R9570', 'R9605'],
  CLERICAL: ['R8009', 'R8010', 'R8008', 'R8006', 'R1730'],
  CALL_HANDLER: ['R1690'],
  PRIVACY_OFFICER: ['R0001'],
  CALDICOTT_GUARDIAN: ['R5105'],
}

const groupByCode = new Map(
  Object.entries(roleCodes).flatMap(([group, codes]) =>
    codes.map((code) => [code, group as RoleGroup] as const),
  ),
)

/** Every group, in the order of the tables. */
export const roleGroups = Object.keys(roleCodes) as readonly RoleGroup[]

/** The group of a job role; null for one that may do nothing. */
export function roleGroupOf(roleCode: string): RoleGroup | null {
  return groupByCode.get(roleCode) ?? null
}
