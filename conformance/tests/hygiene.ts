import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { ask, askEntities, askRecord } from '../subject/ask.ts'
import { codesOf, type Reply } from '../subject/reply.ts'
import type { Subject } from '../subject/subject.ts'
import { failed, PASSED } from '../verdict.ts'
import { MARKER } from './requests.ts'

/** Every code of docs/subgraph-protocol.md. */
const CODES = new Set([
  'UNAUTHENTICATED',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'DEADLINE_EXCEEDED',
  'INTERNAL_SERVER_ERROR',
])

/** What shows of the inside of a server, in the languages that servers are written in. */
const INTERNALS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'a stack',
    pattern:
      /\bat [\w$.<>]+ ?\([^)]*:\d+|Traceback|goroutine \d|\.(?:java|py|go|cs|kt|rb|ts|js):\d+|stacktrace/i,
  },
  { what: 'the name of an exception', pattern: /\b[\w.]+Exception\b|\bpanic:|NullPointer/ },
  {
    what: 'SQL',
    pattern:
      /\bselect\b.+\bfrom\b|\binsert into\b|\bSQLSTATE\b|\brelation "|\bsyntax error at or near\b|ORA-\d{5}/i,
  },
  {
    what: 'an address',
    pattern:
      /\b(?:postgres(?:ql)?|jdbc|mysql|mongodb|redis|https?):\/?\/|\bECONN\w+|\b\d{1,3}(?:\.\d{1,3}){3}:\d+/i,
  },
]

/** Faults that bring the messages of many layers; their replies are judged with all others. */
async function provoke(subject: Subject): Promise<void> {
  const { nhsNumber } = subject.patients[0] ?? subject.unknown
  const wrong = { __typename: MARKER, nhsNumber: MARKER, code: MARKER }
  await askEntities(subject, [wrong, MARKER, 7, null], { selection: '__typename' })
  await ask(subject, `{ ${subject.feed}(after: "${MARKER}'; drop table x; --") { hasMore } }`, {
    scope: 'feed.read',
  })
  await subject.call({
    authorization: subject.sign(),
    body: {
      query:
        'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
      variables: { representations: MARKER },
    },
  })
  if (!subject.contributes) return
  for (const argument of ['after', 'since', 'codes', 'status', 'first']) {
    await askRecord(subject, nhsNumber, {
      selection: `allergies(${argument}: "${MARKER}") { status }`,
    })
    await askRecord(subject, nhsNumber, {
      selection: `allergies(${argument}: ["\\u0000${MARKER}"]) { status }`,
    })
  }
}

/** Errors as text, without what the caller itself gave as places. */
function errorTexts(subject: Subject): string[] {
  return subject.replies.flatMap((reply) => {
    // What is no answer of GraphQL is an error page.
    if (reply.data === null && reply.errors.length === 0 && isError(reply)) return [reply.text]
    return reply.errors.map((error) => JSON.stringify(error))
  })
}

function isError({ status }: Reply): boolean {
  return status === null || status >= 400
}

const coded: ConformanceTest = {
  id: 'hygiene.codes',
  title: 'Gives every error a code of the contract',
  async run(subject) {
    await provoke(subject)
    const codes = new Set(subject.replies.flatMap(codesOf))
    const others = [...codes].filter((code) => !CODES.has(code))
    if (others.length === 0) return PASSED
    return failed({
      expected: `one of ${[...CODES].join(', ')} in extensions.code`,
      came: others.join(', '),
      mend: 'Map whatever went wrong to a code of the catalogue in docs/subgraph-protocol.md.',
    })
  },
}

const internals: ConformanceTest = {
  id: 'hygiene.no-internals',
  title: 'Shows no stack, SQL, exception or address in any error',
  async run(subject) {
    const texts = errorTexts(subject)
    const found = INTERNALS.filter(({ pattern }) => texts.some((text) => pattern.test(text)))
    if (found.length === 0) return PASSED
    return failed({
      expected: 'errors of fixed texts',
      came: `${found.map(({ what }) => what).join(', ')} in an error`,
      mend: 'Mask every error that is not of the catalogue as INTERNAL_SERVER_ERROR, and write what happened to the log.',
    })
  },
}

const values: ConformanceTest = {
  id: 'hygiene.no-values',
  title: 'Repeats no NHS number and no value of a request in any error',
  async run(subject) {
    const { patients, unknown, excluded } = subject
    const numbers = [...patients, unknown, ...(excluded ? [excluded] : [])]
    const never = [MARKER, ...numbers.map(({ nhsNumber }) => nhsNumber)]
    const found = errorTexts(subject).some((text) => never.some((value) => text.includes(value)))
    if (!found) return PASSED
    return failed({
      expected: 'errors that say what is wrong without the value',
      came: 'an error that repeats a value of the request, or an NHS number',
      mend: 'Name the field or the argument alone: errors are logged wherever they pass.',
    })
  },
}

const software: ConformanceTest = {
  id: 'hygiene.no-software',
  title: 'Tells no version of its software in a header',
  async run(subject) {
    const names = new Set(
      subject.replies.flatMap(({ headers }) =>
        Object.entries(headers).flatMap(([name, value]) => {
          const isTelling =
            /^(x-powered-by|x-aspnet(mvc)?-version|x-runtime|x-generator)$/i.test(name) ||
            (/^(server|via)$/i.test(name) && /\/\s*\d|\d+\.\d+/.test(String(value)))
          return isTelling ? [name.toLowerCase()] : []
        }),
      ),
    )
    if (names.size === 0) return PASSED
    return failed({
      expected: 'no header that names software with its version',
      came: [...names].join(', '),
      mend: 'Switch the header off, in the server and in what stands before it.',
    })
  },
}

const health: ConformanceTest = {
  id: 'hygiene.health',
  title: 'Answers /health/live and /health/ready to anybody, and tells nothing else there',
  async run(subject) {
    for (const path of ['health/live', 'health/ready']) {
      const url = new URL(path, subject.url).href
      const reply = await subject.call({ method: 'GET', url, body: '' })
      const { length } = reply.text
      if (reply.status === 200 && length < 200) continue
      return failed({
        expected: `200 and a word or two at ${path}`,
        came: `${reply.status === null ? 'no answer' : `HTTP ${reply.status}`}, ${length} characters`,
        mend: 'Answer 200, or 503 when no answer about patients can be given, beside the GraphQL endpoint.',
      })
    }
    return PASSED
  },
}

/** What an answer tells beside what was asked; judged over all that came in the run. */
export const hygiene: ConformanceGroup = {
  name: 'hygiene',
  title: 'Errors, headers and health',
  tests: [coded, internals, values, software, health],
}
