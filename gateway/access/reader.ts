import type { Reader } from '../record/rewrite.ts'
import { hiddenFieldsOf } from '../screen/hidden-fields.ts'
import type { RoleGroup } from './roles.ts'
import { maySeeNamed } from './sections.ts'

/** What of a record a role's group may see: nothing, for one that has none. */
export function readerOf(group: RoleGroup | null): Reader {
  return { hidden: hiddenFieldsOf(group), sees: (section) => maySeeNamed(group, section) }
}
