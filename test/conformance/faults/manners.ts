import { answer, type BrokenSubgraph, connectionsIn, inAnswer } from './fault.ts'

/** Subgraphs that break what is not about a record: schema, feed, time, requests and errors. */
export const brokenManners: readonly BrokenSubgraph[] = [
  {
    what: 'publishes less than the contract',
    fault: () =>
      inAnswer((body) => {
        const service = body.data?._service
        if (service?.sdl)
          service.sdl = service.sdl.replace(
            / {2}"When anything in this source's[^"]*"\n {2}asOf: DateTime\n/,
            '',
          )
      }),
    only: ['schema'],
    fails: { 'schema.contract': 'NelRecord lacks' },
  },
  {
    what: 'tells of a patient twice in its feed',
    fault: () =>
      inAnswer((body) => {
        const changes = body.data?.feed?.changes
        if (changes?.length > 1) changes.push(changes[0])
      }),
    only: ['feed.walk', 'feed.shape', 'feed.cursor', 'feed.first'],
    fails: { 'feed.walk': '1 of a patient who was told of before' },
  },
  {
    what: 'has nothing new behind a cursor that it does not know',
    fault: () => ({
      ask: (asked) =>
        asked.body.includes('another-store')
          ? answer({ data: { feed: { changes: [], cursor: null, hasMore: false } } })
          : asked,
    }),
    only: ['feed'],
    fails: { 'feed.foreign-cursor': '0 changes' },
  },
  {
    what: 'calls itself a holder of whom it may not share anything',
    fault: () =>
      inAnswer((body) => {
        for (const change of body.data?.feed?.changes ?? []) change.holdsRecord = true
      }),
    only: ['feed'],
    fails: { 'feed.holds-record': 'true' },
  },
  {
    what: 'hangs when its time is over',
    fault: () => ({
      ask: (asked) => (Number(asked.headers['x-deadline-ms']) < 20 ? 'HANG' : asked),
    }),
    only: ['deadlines.never-hangs'],
    fails: { 'deadlines.never-hangs': 'no answer within' },
  },
  {
    what: 'gives a shorter answer when time is short',
    fault: () => ({
      ask: (asked) => ({ ...asked, headers: { ...asked.headers, 'x-deadline-ms': '5000' } }),
      ...inAnswer((body, asked) => {
        if (Number(asked.headers['x-deadline-ms']) > 20) return
        for (const [, { edges }] of connectionsIn(body)) edges?.splice(1)
      }),
    }),
    only: ['deadlines'],
    fails: { 'deadlines.no-shorter-answer': 'than there are' },
  },
  {
    what: 'fails at broken JSON',
    fault: () => ({
      answer: (answered, { body }) =>
        body.endsWith('{ __typename') ? { status: 500, body: answered.body } : answered,
    }),
    only: ['requests', 'hygiene'],
    fails: { 'requests.broken-json': 'HTTP 500' },
  },
  {
    what: 'answers GET',
    fault: () => ({
      ask: (asked) =>
        asked.path.includes('query=') ? answer({ data: { __typename: 'Query' } }) : asked,
    }),
    only: ['requests', 'hygiene'],
    fails: { 'requests.get': 'HTTP 200 with data' },
  },
  {
    what: 'answers the first of a batch',
    fault: () => ({
      ask: (asked) =>
        asked.body.startsWith('[') ? answer({ data: { __typename: 'Query' } }) : asked,
    }),
    only: ['requests', 'hygiene'],
    fails: { 'requests.batch': 'HTTP 200 with data' },
  },
  {
    what: 'shows a stack',
    fault: () => ({
      answer: (answered) => ({
        ...answered,
        body: answered.body.replace(
          /"The document cannot be parsed\."/,
          '"Oops\\n    at parse (server.js:12:3)"',
        ),
      }),
    }),
    only: ['requests', 'hygiene'],
    fails: { 'hygiene.no-internals': 'a stack in an error' },
  },
  {
    what: 'repeats a value in an error',
    fault: () => ({
      answer: (answered, { body }) => {
        const marker = /Zzyzx-[\w-]+/.exec(body)?.[0]
        return marker === undefined
          ? answered
          : { ...answered, body: answered.body.replaceAll('"message":"', `"message":"${marker}: `) }
      },
    }),
    only: ['requests', 'hygiene'],
    fails: { 'hygiene.no-values': 'an error that repeats a value of the request' },
  },
  {
    what: 'has codes of its own',
    fault: () => ({
      answer: (answered) => ({
        ...answered,
        body: answered.body.replaceAll('"FORBIDDEN"', '"NOT_FOR_YOU"'),
      }),
    }),
    only: ['hygiene'],
    fails: { 'hygiene.codes': 'NOT_FOR_YOU' },
  },
  {
    what: 'names its software and version',
    fault: () => ({
      answer: (answered) => ({ ...answered, headers: { server: 'Example/1.2.3' } }),
    }),
    only: ['requests', 'hygiene'],
    fails: { 'hygiene.no-software': 'server' },
  },
]
