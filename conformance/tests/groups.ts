import type { ConformanceGroup } from '../conformance-test.ts'
import { assertions } from './assertions.ts'
import { deadlines } from './deadlines.ts'
import { entities } from './entities.ts'
import { exclusions } from './exclusions.ts'
import { feed } from './feed.ts'
import { filterGroup } from './filters.ts'
import { hygiene } from './hygiene.ts'
import { operations } from './operations.ts'
import { ordering } from './ordering.ts'
import { paging } from './paging.ts'
import { requests } from './requests.ts'
import { roles } from './roles.ts'
import { schema } from './schema.ts'
import { scopes } from './scopes.ts'
import { sectionGroup } from './sections.ts'
import { sensitive } from './sensitive.ts'

/** Every group, in the order in which they run: the last judges the replies to all of them. */
export const groups: readonly ConformanceGroup[] = [
  schema,
  assertions,
  scopes,
  entities,
  operations,
  sectionGroup,
  ordering,
  paging,
  filterGroup,
  roles,
  sensitive,
  exclusions,
  feed,
  deadlines,
  requests,
  hygiene,
]
