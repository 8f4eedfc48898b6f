import { type RoleGroup, roleGroupOf } from '../../../gateway/access/roles.ts'
import {
  hidesField,
  hidesWithin,
  maySee,
  type Section,
  sections,
  seesEverything,
} from '../../../gateway/access/sections.ts'
import type { AssertionClaims } from '../assertion/claims.ts'
import type { Participant } from '../participant.ts'

/** What a field of a record type shows: a part of the record, or something that nobody placed. */
export type Part = Section | 'UNPLACED'

const OF_EVERY_RECORD = new Set(['nhsNumber', 'server', 'asOf', 'demographics'])

/**
 * The part of the record that a field of a record type shows: the contract's section of that name,
 * else what the participant says of its own addition.
 */
export function partOf(field: string, { extension }: Pick<Participant, 'extension'>): Part {
  // Of demographics more is decided field by field.
  if (OF_EVERY_RECORD.has(field)) return 'identity'
  const section = sections.find((each) => each === field)
  return section ?? extension?.sections?.[field] ?? 'UNPLACED'
}

/**
 * Whether the role of an assertion may see a part of a record. What nobody placed is for roles that
 * see everything. Filtering by codes would tell what is hidden within a section.
 */
export function maySeePart(
  claims: AssertionClaims,
  part: Part,
  args: Readonly<Record<string, unknown>> = {},
): boolean {
  const group = groupOf(claims)
  if (group === null) return false
  if (part === 'UNPLACED') return seesEverything(group)
  const isFiltered = (args['codes'] ?? null) !== null
  return maySee(group, part) && !(isFiltered && hidesWithin(group, part))
}

/** Whether the role of an assertion may see a field of the contract's type within a section that it sees. */
export function maySeeWithin(claims: AssertionClaims, type: string, field: string): boolean {
  const group = groupOf(claims)
  return group !== null && !hidesField(group, type, field)
}

function groupOf({ requesting_practitioner }: AssertionClaims): RoleGroup | null {
  return requesting_practitioner ? roleGroupOf(requesting_practitioner.role_code) : null
}
