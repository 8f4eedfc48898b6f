import type { Fault } from '../../support/faulty-proxy.ts'
import { changing, changingSections } from './changed-records.ts'
import type { FailureRow } from './failure-row.ts'

/** Something that a source says about a patient and that must never reach a client. */
export const LEAK = 'Ada SECRETNAME, 9990000018, at http://10.9.8.7/records'

/** A fault of one source, with what must come of it. */
export interface SourceFault extends Omit<FailureRow, 'test'> {
  readonly set: Fault
  /** What `sources` may say of the source: several where it depends on the moment. */
  readonly outcomes: readonly string[]
  /** The codes of the errors that name it. */
  readonly codes: readonly string[]
  /** The sections from which the source is missing: of those that are asked for. */
  readonly missingFrom: 'none' | 'all' | 'some'
}

/** Made once: making it takes a part of the time that a source has. */
const HUNDRED_MEGABYTES = Buffer.alloc(100 * 1024 * 1024, 'x')

const MISSING =
  'The rest whole; each section `isComplete: false` with the source in `missingSources`; in `sources` '
const ERROR = '; one error at the patient, which names it'

/** What comes of a source that takes too long. */
const TOO_LATE = {
  outcomes: ['TIMED_OUT'],
  codes: ['SOURCE_TIMED_OUT'],
  missingFrom: 'all',
  client: `${MISSING}TIMED_OUT${ERROR}.`,
  audit: 'TIMED_OUT',
  time: '`LCR_SOURCE_DEADLINE_MS`: 2 s',
} as const

/** What comes of a record that seems to be about another patient. */
const SOMEBODY_ELSE = {
  outcomes: ['QUARANTINED'],
  codes: ['SOURCE_QUARANTINED'],
  missingFrom: 'all',
  client: `${MISSING}QUARANTINED${ERROR}. Nothing of that record.`,
  audit: 'QUARANTINED; an alert for the privacy officer of the source',
  time: 'at once',
} as const

/** What comes of a fault of the whole answer. */
const WHOLE_ANSWER = {
  outcomes: ['FAILED'],
  codes: ['SOURCE_FAILED'],
  missingFrom: 'all',
  client: `${MISSING}FAILED${ERROR}.`,
  audit: 'FAILED',
  time: 'at once',
} as const

/** What comes of a fault within a section; here every section that is asked for has it. */
const ONE_SECTION = {
  outcomes: ['INCOMPLETE'],
  codes: ['SOURCE_INVALID'],
  missingFrom: 'all',
  client:
    'The section without this source, named in its `missingSources`; other sections whole; in `sources` INCOMPLETE; an error at the section.',
  audit: 'INCOMPLETE',
  time: 'at once',
} as const

/** Every fault that one source can have, in the order of docs/failure.md. */
export const SOURCE_FAULTS: readonly SourceFault[] = [
  {
    fault: 'A source is slow, within its deadline',
    set: { delayMs: 300 },
    outcomes: ['ANSWERED'],
    codes: [],
    missingFrom: 'none',
    client: 'Everything.',
    audit: 'ANSWERED',
    time: "the source's",
  },
  {
    fault: 'A source hangs',
    set: 'hang',
    ...TOO_LATE,
  },
  {
    fault: 'A source sends its answer byte by byte',
    set: 'trickle',
    ...TOO_LATE,
  },
  {
    fault: 'Nobody listens at a source',
    set: 'refuse',
    ...WHOLE_ANSWER,
    time: 'at once, after one more try 50 ms later',
  },
  {
    fault: 'A source cuts its connections',
    set: 'reset',
    ...WHOLE_ANSWER,
  },
  {
    // Before: it was FAILED, though nothing of the request had been read.
    fault: 'A source cuts a connection that it took to be idle, before a byte of its answer',
    set: 'idle',
    outcomes: ['ANSWERED'],
    codes: [],
    missingFrom: 'none',
    client: 'Everything: the request is sent once more, on a fresh connection.',
    audit: 'ANSWERED',
    time: 'at once',
  },
  {
    fault: 'A source sends half of its answer',
    set: 'half',
    ...WHOLE_ANSWER,
    client: `${MISSING}FAILED${ERROR}. Nothing of the half.`,
  },
  {
    fault: 'A source sends bytes that are no answer',
    set: 'garbage',
    ...WHOLE_ANSWER,
  },
  {
    fault: 'Something before a source answers for it, with a page and 503',
    set: { status: 503, page: `<html><title>503</title>${LEAK}</html>` },
    ...WHOLE_ANSWER,
  },
  {
    fault: 'A source sends text that is not UTF-8',
    set: { answer: (answer) => Buffer.concat([Buffer.from(answer), Buffer.of(0xff, 0xfe)]) },
    ...WHOLE_ANSWER,
  },
  {
    fault: 'A source sends JSON that ends too early',
    set: { answer: (answer) => answer.slice(0, -20) },
    ...WHOLE_ANSWER,
  },
  {
    fault: 'A source sends 100 MB',
    set: {
      answer: (answer) =>
        Buffer.concat([
          Buffer.from(`${answer.slice(0, -1)},"extensions":"`),
          HUNDRED_MEGABYTES,
          Buffer.from('"}'),
        ]),
    },
    ...WHOLE_ANSWER,
    time: 'when `LCR_SOURCE_MAX_BYTES` have come: its connection is closed',
  },
  {
    fault: 'A source sends a million entries in one section',
    set: changing((record) => {
      const section = record['lcr_allergies'] ?? {}
      const nodes = [...(section.nodes ?? []), ...Array(1_000_000).fill({})]
      return { ...record, lcr_allergies: { ...section, nodes } }
    }),
    outcomes: ['INCOMPLETE'],
    codes: ['SOURCE_INVALID'],
    missingFrom: 'some',
    client:
      'The section without this source, named in its `missingSources`; the rest whole; in `sources` INCOMPLETE. Where they take more than `LCR_SOURCE_MAX_BYTES`, as for 100 MB.',
    audit: 'INCOMPLETE',
    time: 'at once',
  },
  {
    fault: 'A source sends null where something must be, or something of another type',
    set: changingSections((section) => ({ ...section, status: 7 })),
    ...ONE_SECTION,
  },
  {
    fault: 'A source sends a list out of order, an entry twice, or a page that was there before',
    set: changingSections(({ nodes, lcr_edges: edges, ...rest }) => ({
      ...rest,
      nodes: [...nodes.slice(0, 1), ...nodes],
      lcr_edges: [...edges.slice(0, 1), ...edges],
    })),
    ...ONE_SECTION,
  },
  {
    fault: 'A source lists entries and says that there are none',
    set: changingSections((section) => ({ ...section, status: 'NOTHING_RECORDED' })),
    ...ONE_SECTION,
  },
  {
    fault: 'A source says that it has entries and lists none',
    set: changingSections((section) => ({ ...section, nodes: [], lcr_edges: [] })),
    ...ONE_SECTION,
  },
  {
    fault: 'A source speaks for another participant',
    set: changingSections(({ nodes, ...section }) => ({
      ...section,
      nodes: nodes.map((node) => ({
        ...node,
        provenance: node.provenance.map((one) => ({ ...one, participant: 'sel' })),
      })),
    })),
    ...ONE_SECTION,
  },
  {
    fault: "A source sends an error that holds a patient's details",
    set: {
      answer: () =>
        JSON.stringify({
          data: { _entities: [null] },
          errors: [
            { message: LEAK, path: ['_entities', 0, LEAK], extensions: { code: LEAK, sql: LEAK } },
          ],
        }),
    },
    ...WHOLE_ANSWER,
    client: `${MISSING}FAILED${ERROR}, in the gateway's own words.`,
  },
  {
    fault: 'A source says that it holds nothing, where its feed says that it does',
    set: { answer: () => '{"data":{"_entities":[null]}}' },
    ...WHOLE_ANSWER,
    codes: ['SOURCE_INVALID'],
  },
  {
    fault: 'A source answers for another NHS number',
    set: { answer: (answer) => answer.replaceAll('9990000018', '9990000026') },
    ...SOMEBODY_ELSE,
  },
  {
    fault: 'A source answers about somebody of another name and date of birth',
    set: changing((record) => ({
      ...record,
      lcr_lcr_demographics: {
        birthDate: '1999-09-09',
        name: { text: 'Nobody', given: [], family: 'Nobody' },
      },
    })),
    ...SOMEBODY_ELSE,
  },
]
