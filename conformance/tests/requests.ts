import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import type { Call } from '../subject/caller.ts'
import { codesOf, describeReply, type Reply } from '../subject/reply.ts'
import type { Subject } from '../subject/subject.ts'
import { failed, PASSED } from '../verdict.ts'

/** What no message may repeat. */
export const MARKER = 'Zzyzx-conformance-marker'

const QUERY = '{ __typename }'

/** A test of requests that are refused with a status below 500, one of these codes, and no data. */
function refusalTest(given: {
  readonly id: string
  readonly title: string
  readonly calls: (subject: Subject) => readonly (Omit<Call, 'authorization'> & { what: string })[]
  /** Any code when left out. */
  readonly codes?: readonly string[]
  /** True where a server may break off instead of answering. */
  readonly mayBreakOff?: boolean
  readonly mend: string
}): ConformanceTest {
  const { id, title, calls, codes, mayBreakOff = false, mend } = given
  return {
    id,
    title,
    async run(subject) {
      for (const { what, ...call } of calls(subject)) {
        const reply = await subject.call({ ...call, authorization: subject.sign() })
        if (isRefused(reply, codes) || (mayBreakOff && reply.problem === 'BROKEN_OFF')) continue
        return failed({
          expected: `HTTP 4xx, no data, and ${codes?.join(' or ') ?? 'a code'} for ${what}`,
          came: describeReply(reply),
          mend,
        })
      }
      return PASSED
    },
  }
}

function isRefused(reply: Reply, codes: readonly string[] | undefined): boolean {
  const { status, data } = reply
  const came = codesOf(reply)
  const isCoded = codes
    ? came.length > 0 && came.every((code) => codes.includes(code))
    : came.length > 0 && !came.includes('no code')
  return status !== null && status >= 400 && status < 500 && data === null && isCoded
}

const NOT_GRAPHQL = ['BAD_REQUEST']
const DOCUMENT = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']

/** Requests that are none. */
export const requests: ConformanceGroup = {
  name: 'requests',
  title: 'Requests that are refused',
  tests: [
    refusalTest({
      id: 'requests.broken-json',
      title: 'Refuses a body that is no GraphQL request in JSON',
      calls: () => [
        { what: 'broken JSON', body: '{"query": "{ __typename' },
        { what: 'an empty body', body: '' },
        { what: 'a body without a query', body: '{}' },
        { what: 'a query that is no text', body: '{"query":1}' },
        {
          what: 'variables that are a list',
          body: JSON.stringify({ query: QUERY, variables: [] }),
        },
      ],
      codes: NOT_GRAPHQL,
      mend: 'Answer 400 with BAD_REQUEST for what cannot be read.',
    }),
    refusalTest({
      id: 'requests.content-type',
      title: 'Refuses a body that does not call itself JSON',
      calls: () => [{ what: 'text/xml', contentType: 'text/xml', body: '<query/>' }],
      codes: NOT_GRAPHQL,
      mend: 'Answer 415, or 400, with BAD_REQUEST.',
    }),
    refusalTest({
      id: 'requests.too-large',
      title: 'Refuses a body of 4 MB',
      calls: () => [{ what: '4 MB', body: { query: `${QUERY}${' '.repeat(4_000_000)}` } }],
      codes: NOT_GRAPHQL,
      mayBreakOff: true,
      mend: 'Stop reading above some hundred kilobytes, and answer 413 with BAD_REQUEST.',
    }),
    refusalTest({
      id: 'requests.too-many-tokens',
      title: 'Refuses an operation of more tokens than the contract has use for',
      calls: () => [
        { what: '45,000 tokens', body: { query: `{ ${'a:__typename '.repeat(15_000)} }` } },
      ],
      codes: [...DOCUMENT, ...NOT_GRAPHQL],
      mend: 'Bound the tokens that the parser reads: every field of every section takes some 5,000.',
    }),
    refusalTest({
      id: 'requests.too-deep',
      title: 'Refuses an operation that is deeper than the contract',
      calls: () => [
        { what: '5,000 levels', body: { query: `${'{a'.repeat(5000)}${'}'.repeat(5000)}` } },
        {
          what: '100 levels of introspection',
          body: {
            query: `{ __schema { types { fields { type ${'{ ofType '.repeat(100)}{ name }${'}'.repeat(100)} } } } }`,
          },
        },
      ],
      codes: [...DOCUMENT, ...NOT_GRAPHQL],
      mend: 'Bound the depth of documents before they are executed: the contract has some ten levels.',
    }),
    refusalTest({
      id: 'requests.parse-failed',
      title: 'Refuses an operation that cannot be parsed',
      calls: () => [
        { what: 'an unclosed selection', body: { query: '{ __typename ' } },
        { what: 'an empty text', body: { query: '' } },
        { what: 'an empty selection', body: { query: '{ }' } },
      ],
      codes: ['GRAPHQL_PARSE_FAILED'],
      mend: 'Answer 400 with GRAPHQL_PARSE_FAILED.',
    }),
    refusalTest({
      id: 'requests.unknown-field',
      title: 'Refuses an operation that does not fit its schema',
      calls: ({ feed }) => [
        { what: 'an unknown field', body: { query: '{ noSuchField }' } },
        { what: 'an unknown argument', body: { query: '{ _service(noSuch: 1) { sdl } }' } },
        {
          what: 'words for a number',
          body: { query: `{ ${feed}(first: "${MARKER}") { hasMore } }` },
        },
      ],
      codes: ['GRAPHQL_VALIDATION_FAILED'],
      mend: 'Answer 400 with GRAPHQL_VALIDATION_FAILED, and execute nothing.',
    }),
    refusalTest({
      id: 'requests.get',
      title: 'Refuses GET: a URL stands in logs',
      calls: ({ url }) => [
        {
          what: 'GET with a query',
          method: 'GET',
          url: `${url}?query=${encodeURIComponent(QUERY)}`,
          body: '',
        },
      ],
      mend: 'Take POST alone.',
    }),
    refusalTest({
      id: 'requests.batch',
      title: 'Refuses several operations in one request',
      calls: () => [
        {
          what: 'a list of operations',
          body: JSON.stringify([{ query: QUERY }, { query: QUERY }]),
        },
      ],
      mend: 'Take one operation a request: an assertion is for one call.',
    }),
    refusalTest({
      id: 'requests.unknown-path',
      title: 'Answers at no other path',
      calls: ({ url }) => [
        {
          what: 'an unknown path',
          url: new URL('/no/such/path', url).href,
          body: { query: QUERY },
        },
      ],
      codes: NOT_GRAPHQL,
      mend: 'Answer 404 with BAD_REQUEST.',
    }),
  ],
}
