import type { IncomingMessage } from 'node:http'
import type { CheckName } from '../../../../gateway/registry/checks/check.ts'
import type { BadCall, Behave } from './start-bad-service.ts'

/** A service that one check refuses. */
export interface BadService {
  /** What is wrong with it, to end a sentence that begins with 'refuses'. */
  readonly title: string
  /** The check that says so. */
  readonly check: CheckName
  /** The url that is published, made of the good one. */
  readonly url?: (url: string) => string
  /** How the service behaves where the good one would not. */
  readonly behave?: Behave
  /** What the check says, to the letter; `…` stands for a number of milliseconds. */
  readonly message: string
  readonly where: string | null
}

const answer = ({ response }: BadCall, { status, text }: { status: number; text: string }) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(text)

const asGood = async (call: BadCall) => answer(call, await call.good())

/** Answers whoever asks in this way, and everybody else as a good service does. */
const trusting = (isTrusted: (call: BadCall) => boolean) => async (call: BadCall) =>
  answer(call, await call.good({ isTrusted: isTrusted(call) }))

const hanging = (operation: string) => (call: BadCall) =>
  call.query.includes(operation) ? undefined : asGood(call)

const tellingSchema = (change: (sdl: string) => string) => async (call: BadCall) => {
  const good = await call.good()
  if (good.status !== 200 || !call.query.includes('sdl')) return answer(call, good)
  const sdl = change(JSON.parse(good.text).data._service.sdl)
  answer(call, { status: 200, text: JSON.stringify({ data: { _service: { sdl } } }) })
}

/** Bad urls and services: each is refused by the check that stands with it. */
export const badServices: readonly BadService[] = [
  {
    title: 'what is no url',
    check: 'answers',
    url: () => 'nel subgraph',
    message: 'The url is no url.',
    where: 'url',
  },
  {
    title: 'an address that is not of the web',
    check: 'answers',
    url: (url) => url.replace('http:', 'ftp:'),
    message: 'The url is neither http nor https.',
    where: 'url',
  },
  {
    title: 'a url with a password',
    check: 'answers',
    url: (url) => url.replace('//', '//gateway:secret@'),
    message: 'The url holds a user name or a password.',
    where: 'url',
  },
  {
    title: 'a url with a query',
    check: 'answers',
    url: (url) => `${url}?version=2`,
    message: 'The url holds a query or a fragment.',
    where: 'url',
  },
  {
    title: 'a url where nobody is',
    check: 'answers',
    // The port of the discard protocol, where nothing listens.
    url: (url) => url.replace(/:\d+/, ':9'),
    message: 'A call to the service reached nobody (ECONNREFUSED).',
    where: 'url',
  },
  {
    title: 'a service that redirects',
    check: 'answers',
    behave: ({ response }) =>
      void response.writeHead(307, { location: 'http://elsewhere.invalid/graphql' }).end(),
    message:
      'The service redirects to another address (status 307), and the gateway follows nobody.',
    where: 'url',
  },
  {
    title: 'a page for people',
    check: 'answers',
    behave: ({ response }) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
    message: 'The service answered with no GraphQL (status 200).',
    where: 'url',
  },
  {
    title: 'an answer without end',
    check: 'answers',
    behave: ({ response }) => void response.writeHead(200).end(' '.repeat(3_000_000)),
    message: 'A call to the service failed (ANSWER_TOO_LARGE).',
    where: 'url',
  },
  {
    title: 'a service that does not know the gateway',
    check: 'answers',
    behave: ({ response }) => void response.writeHead(401).end('{"errors":[]}'),
    message: "The service refused the gateway's signed call (status 401).",
    where: 'url',
  },
  {
    title: 'the service of another participant',
    check: 'answers',
    behave: (call) =>
      answer(call, { status: 200, text: '{"data":{"_entities":[{"code":"sel"}]}}' }),
    message: "The service answered (status 200), and does not say that it is 'nel'.",
    where: 'url',
  },
  {
    title: 'a service that speaks of another field',
    check: 'speaks-the-schema',
    behave: tellingSchema((sdl) =>
      sdl.replace(/(type NelRecord [\s\S]*?)asOf: DateTime/, '$1changedAt: DateTime'),
    ),
    message: 'NelRecord.asOf is published otherwise than the service speaks of it.',
    where: 'NelRecord.asOf',
  },
  {
    title: 'a service that speaks of other types',
    check: 'speaks-the-schema',
    behave: tellingSchema((sdl) => `${sdl} type Ada9990000018 { name: String }`),
    message: 'The service speaks of 1 more type(s) than are published.',
    where: null,
  },
  {
    title: 'a service that answers everybody',
    check: 'refuses-unsigned',
    behave: trusting(() => true),
    message: 'A call without an assertion got data (status 200) and must be refused with 401.',
    where: 'url',
  },
  {
    title: 'a service that tells everybody its schema',
    check: 'refuses-unsigned',
    behave: trusting(
      ({ headers, query }) => headers.authorization === undefined && query.includes('sdl'),
    ),
    message:
      'A call for the schema without an assertion got data (status 200) and must be refused with 401.',
    where: 'url',
  },
  {
    title: 'a service that lets everybody introspect',
    check: 'refuses-unsigned',
    behave: trusting(
      ({ headers, query }) => headers.authorization === undefined && query.includes('__schema'),
    ),
    message:
      'An introspection without an assertion got data (status 200) and must be refused with 401.',
    where: 'url',
  },
  {
    title: 'a service that reads claims and looks at no signature',
    check: 'refuses-unsigned',
    behave: trusting(({ headers }) => claimsOf(headers)['aud'] === 'nel'),
    message:
      'A call with an assertion that somebody else signed got data (status 200) and must be refused with 401.',
    where: 'url',
  },
  {
    title: 'a service that takes assertions for others',
    check: 'refuses-unsigned',
    behave: trusting(({ headers }) => claimsOf(headers)['aud'] === 'not-nel'),
    message:
      'A call with an assertion for another participant got data (status 200) and must be refused with 401.',
    where: 'url',
  },
  {
    title: 'a service that refuses with an error of its own',
    check: 'refuses-unsigned',
    behave: async (call) => {
      const good = await call.good()
      answer(call, good.status === 401 ? { status: 500, text: '{"errors":[]}' } : good)
    },
    message:
      'A call without an assertion was answered with status 500 and must be refused with 401.',
    where: 'url',
  },
  {
    title: 'a service that is too slow',
    check: 'keeps-deadline',
    behave: hanging('CheckDeadline'),
    message: 'A call to the service did not end within … ms.',
    where: 'url',
  },
  {
    title: 'a service that hangs when it has hardly any time',
    check: 'keeps-deadline',
    behave: hanging('CheckHurry'),
    message: "A call with 'x-deadline-ms: 1' hung for … ms.",
    where: 'url',
  },
]

function claimsOf({ authorization }: IncomingMessage['headers']): Record<string, unknown> {
  const claims = authorization?.split('.')[1]
  return claims === undefined ? {} : JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))
}
