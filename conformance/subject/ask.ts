import { type Json, toObject } from './json.ts'
import type { Reply } from './reply.ts'
import type { Assertion } from './sign.ts'
import type { Subject } from './subject.ts'

/** A reply, and the one record that was asked for. */
export interface RecordReply extends Reply {
  readonly record: Json | null
}

/** What a question about a record is asked with. */
export interface Asking {
  /** `($first: Int)` without brackets. */
  readonly declares?: string
  readonly variables?: Json
  readonly fragments?: string
  readonly assertion?: Assertion
  readonly deadlineMs?: number
}

/** Asks for a selection on one patient's record, with an assertion for that patient. */
export async function askRecord(
  subject: Subject,
  nhsNumber: string,
  { selection, ...asking }: Asking & { readonly selection: string },
): Promise<RecordReply> {
  const reply = await askEntities(subject, [representationOf(subject, nhsNumber)], {
    ...asking,
    selection: `... on ${subject.recordType} { ${selection} }`,
    assertion: { nhsNumber, ...asking.assertion },
  })
  const entities = reply.data?.['_entities']
  return { ...reply, record: toObject(Array.isArray(entities) ? entities[0] : null) }
}

/** How the gateway names a record. */
export function representationOf({ recordType }: Subject, nhsNumber: string): Json {
  return { __typename: recordType, nhsNumber }
}

/** Asks for any entities. */
export async function askEntities(
  subject: Subject,
  representations: readonly unknown[],
  {
    selection,
    declares = '',
    variables = {},
    fragments = '',
    assertion = {},
    ...asking
  }: Asking & { readonly selection: string },
): Promise<Reply> {
  return subject.call({
    authorization: subject.sign(assertion),
    body: {
      query: `query Conformance($representations: [_Any!]! ${declares}) {
        _entities(representations: $representations) { ${selection} }
      } ${fragments}`,
      variables: { representations, ...variables },
    },
    ...(asking.deadlineMs !== undefined && { deadlineMs: asking.deadlineMs }),
  })
}

/** Asks any operation, with an assertion about the participant when not told otherwise. */
export function ask(subject: Subject, query: string, assertion: Assertion = {}): Promise<Reply> {
  return subject.call({ authorization: subject.sign(assertion), body: { query } })
}
