import type { FailureRow } from './failure-row.ts'

const GATEWAY = 'test/journeys/failure/gateway.test.ts'
const LIMITS = 'test/journeys/limits.test.ts'
const SOURCES = 'test/journeys/failure/sources.test.ts'

/** Every other fault, in the order of docs/failure.md. */
export const OTHER_FAULTS: readonly FailureRow[] = [
  {
    fault: 'A source flaps',
    client: 'Each answer is whole, or names it as missing.',
    audit: 'ANSWERED or FAILED, as the answer',
    time: 'at once',
    test: SOURCES,
  },
  {
    fault: 'A source keeps hanging',
    client: 'After some answers with TIMED_OUT: NOT_ASKED, its sections named as missing.',
    audit: 'TIMED_OUT, then NOT_ASKED',
    time: 'once it is left alone: at once',
    test: SOURCES,
  },
  {
    fault: 'All sources fail',
    client:
      'No section concludes anything: status UNKNOWN, `isComplete: false`, every holder in `missingSources`.',
    audit: 'FAILED of each',
    time: 'at once',
    test: SOURCES,
  },
  {
    fault: "A source's own database fails",
    client: 'As if the source failed: FAILED, its sections missing.',
    audit: 'FAILED',
    time: 'at once',
    test: GATEWAY,
  },
  {
    fault: 'One of two addresses of a source fails or hangs',
    client:
      'Everything; a cut after the request was sent costs at most that one answer the source.',
    audit: 'ANSWERED',
    time: 'the other address, after `LCR_HEDGE_AFTER_MS` (0.5 s) at most; it is asked first from then on',
    test: GATEWAY,
  },
  {
    fault: "A participant's feed to the index has been silent for five minutes",
    client: 'Everything: the participant is asked whether or not it is known to hold a record.',
    audit: 'ANSWERED, or NO_RECORD',
    time: "the sources'",
    test: GATEWAY,
  },
  {
    fault: 'The index is empty: a first start',
    client:
      '`/health/ready` 503 until the feed of every participant has been read to its end, or could not be read.',
    audit: '–',
    time: 'as long as the feeds take',
    test: GATEWAY,
  },
  {
    fault: 'The NHS number has been replaced',
    client:
      'The record under the number in force and under the old one: `nhsNumber`, `requestedNhsNumber`, `supersededNhsNumbers` say so.',
    audit: 'both numbers',
    time: "the sources'",
    test: 'test/journeys/stories.test.ts',
  },
  {
    fault: "The gateway's own database is away, or hangs",
    client: 'No data: INDEX_UNAVAILABLE, 503, `Retry-After`; `/health/ready` 503; `me` answers.',
    audit: 'the refusal',
    time: 'at once, or `LCR_DEADLINE_MS`',
    test: GATEWAY,
  },
  {
    fault: 'The audit store is away, or hangs',
    client: 'No data: AUDIT_UNAVAILABLE, 503, `Retry-After`; `/health/ready` 503.',
    audit: 'every refusal, once it is back',
    time: 'at once, or `LCR_AUDIT_DEADLINE_MS` (1 s)',
    test: 'test/journeys/audit-away.test.ts',
  },
  {
    fault: 'The gateway is killed',
    client: 'No answer; whatever had left is in the trail.',
    audit:
      'an event for every answer that left; a chain without its end, which `lcr audit verify` names',
    time: '–',
    test: 'test/journeys/audit-kill.test.ts',
  },
  {
    fault: 'The client goes away',
    client: '–',
    audit: 'the event and its outcome',
    time: 'the calls and the SQL behind it end at once',
    test: GATEWAY,
  },
  {
    fault: 'Sources contradict each other',
    client: 'Both sides stay in the list; `conflicts` of the section says who contradicts whom.',
    audit: 'ANSWERED',
    time: "the sources'",
    test: 'test/journeys/stories.test.ts',
  },
  {
    fault: 'An operation is about more than ten patients, or multiplies work',
    client: 'Nothing of it: TOO_MANY_PATIENTS or OPERATION_TOO_LARGE, with the limit.',
    audit: 'the refusal, with its patients where there are too many',
    time: 'at once',
    test: LIMITS,
  },
  {
    fault: 'An argument cannot be used: `since: "yesterday"`, `until` before `since`, `codes: []`',
    client:
      "Nothing of it: BAD_USER_INPUT, 400, with the argument's name; nobody is looked up, no source is asked.",
    audit: 'the refusal, with its patients',
    time: 'at once',
    test: 'test/journeys/arguments.test.ts',
  },
  {
    fault: 'One caller asks too often',
    client: 'RATE_LIMITED, 429, `Retry-After`; nobody else notices.',
    audit: 'one refusal a minute, and how many there were',
    time: 'at once',
    test: LIMITS,
  },
  {
    fault: 'More is asked than the gateway can answer',
    client:
      'OVERLOADED, 503, `Retry-After`, before anything is done; health checks answer; what was taken is answered whole.',
    audit: '–',
    time: 'at once',
    test: LIMITS,
  },
  {
    fault: 'A client sends too slowly',
    client: '408, and its connection is cut.',
    audit: '–',
    time: '`LCR_CLIENT_SEND_MS`: 10 s',
    test: LIMITS,
  },
  {
    fault: 'A client reads too slowly',
    client: 'Its connection is cut.',
    audit: 'the event and its outcome',
    time: '`LCR_CLIENT_READ_MS`: 15 s',
    test: 'test/gateway/limits/slow-clients.test.ts',
  },
  {
    fault: 'The gateway is told to stop',
    client: 'Answers under way come whole; `/health/ready` 503 first, then no new connections.',
    audit: 'every event, and a signed end of the chain',
    time: 'as usual, at most `LCR_DEADLINE_MS`',
    test: 'test/journeys/stopping.test.ts',
  },
]
