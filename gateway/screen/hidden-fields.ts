import type { RoleGroup } from '../access/roles.ts'
import { hiddenFields } from '../access/sections.ts'

const hiddenFrom = new Map(
  Object.entries(hiddenFields).map(([group, types]) => [
    group,
    new Set(
      Object.entries(types).flatMap(([type, { fields }]) =>
        fields.map((field) => `${type}.${field}`),
      ),
    ),
  ]),
)

const NOTHING: ReadonlySet<string> = new Set()

/** What a role may not see within an entry, as `Type.field`: not even the screen may ask for it. */
export function hiddenFieldsOf(group: RoleGroup | null): ReadonlySet<string> {
  return (group && hiddenFrom.get(group)) ?? NOTHING
}
