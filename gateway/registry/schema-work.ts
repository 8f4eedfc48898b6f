import { parse } from 'graphql'
import { checkSchema, type SchemaInput, type SchemaVerdict } from './checks/check-schema.ts'
import { composeMembers } from './compose-members.ts'
import type { Member } from './member.ts'

/** Work on schemas, as data. */
export type SchemaWork =
  | { readonly kind: 'check'; readonly input: SchemaInput }
  | {
      readonly kind: 'compose'
      readonly members: readonly Member[]
      readonly contractSdl: string
    }

/** What came of it: the checks' verdict, or a supergraph. */
export type SchemaResult<Work extends SchemaWork> = Work['kind'] extends 'check'
  ? SchemaVerdict
  : string

/** Does a piece of work; from data to data. */
export function doSchemaWork<Work extends SchemaWork>(work: Work): SchemaResult<Work> {
  const done =
    work.kind === 'check'
      ? checkSchema(work.input)
      : composeMembers(work.members, parse(work.contractSdl, { noLocation: true }))
  return done as SchemaResult<Work>
}
