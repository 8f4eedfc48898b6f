import {
  type GraphQLField,
  GraphQLList,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
} from 'graphql'
import { badArgument } from '../../subgraphs/kit/errors.ts'
import {
  readAfter,
  readFirst,
  readStretch,
  readTime,
  readWords,
} from '../../subgraphs/kit/reading/arguments.ts'
import { modelOf, PATIENT } from '../record/model.ts'
import { TIMELINE, TIMELINE_PAGE, TIMELINE_PAGE_LIMIT } from '../record/timeline/names.ts'

/** The values of a field's arguments, as the schema reads them. */
export type Given = Readonly<Record<string, unknown>>

/** The field that arguments are given to. */
export interface AskedField {
  readonly parent: string
  readonly field: GraphQLField<unknown, unknown>
}

/**
 * Checks the arguments of a field of a record: a section's and the timeline's are those of the contract;
 * of what a participant adds, those that the contract knows.
 *
 * @throws BAD_USER_INPUT, naming the argument, for the first that cannot be used
 */
export function checkArguments(schema: GraphQLSchema, { parent, field }: AskedField, given: Given) {
  const section = modelOf(schema).sections.get(field.name)
  if (parent === PATIENT && field.name === TIMELINE) checkTimeline(given)
  else if (section?.connectionType === getNamedType(field.type).name) checkSection(given)
  else checkAddition(field, given)
}

function checkTimeline(given: Given): void {
  readFirst(given['first'], TIMELINE_PAGE, TIMELINE_PAGE_LIMIT)
  readAfter(given['after'])
  readWords('sections', given['sections'])
  readStretch(given)
}

function checkSection(given: Given): void {
  readFirst(given['first'], null)
  readAfter(given['after'])
  readStretch(given)
  readWords('codes', given['codes'])
  readWords('status', given['status'])
}

/** The contract's scalar for dates and moments. */
const DATE_TIME = 'DateTime'

/** What a participant's own argument means beyond its type is for the participant to say. */
function checkAddition({ args }: AskedField['field'], given: Given): void {
  for (const { name, type } of args) {
    const value = given[name] ?? null
    if (value === null) continue
    const isList = getNullableType(type) instanceof GraphQLList
    if (isList && Array.isArray(value) && value.length === 0) {
      throw badArgument(name, 'left out, or a list of at least one value')
    }
    if (getNamedType(type).name !== DATE_TIME) continue
    for (const time of isList && Array.isArray(value) ? value : [value]) readTime(name, time)
  }
  const isDated = ['since', 'until'].every((name) =>
    args.some((one) => one.name === name && getNamedType(one.type).name === DATE_TIME),
  )
  if (isDated) readStretch(given)
}
