import { isNhsNumber } from '../../../subgraphs/kit/fhir/nhs-number.ts'
import { fromCursor } from '../../../subgraphs/kit/position.ts'
import { EXCLUDED } from '../excluded-patient.ts'
import {
  answer,
  type BrokenSubgraph,
  connectionsIn,
  inAnswer,
  inOperation,
  type Loose,
  numbersIn,
} from './fault.ts'

const LISTS = ['sections', 'ordering', 'paging', 'filters']

/** Subgraphs that break what a record says. */
export const brokenRecords: readonly BrokenSubgraph[] = [
  {
    what: 'loses the order of entries',
    fault: () =>
      inAnswer((body) => {
        for (const [, { nodes, edges }] of connectionsIn(body)) {
          for (const list of [nodes, edges]) {
            if (list?.length > 3) [list[0], list[1]] = [list[1], list[0]]
          }
        }
      }),
    only: LISTS,
    fails: { 'ordering.newest-first': 'the other way round' },
  },
  {
    what: 'ignores `first`',
    fault: () =>
      inOperation((operation) => {
        operation.query = operation.query.replaceAll(/first: \d+/g, 'first: 500')
      }),
    only: ['ordering', 'paging', 'filters'],
    fails: {
      'paging.first': 'entries, older ones among them',
      'paging.end-cursor': 'hasNextPage false',
      'paging.bounds': 'HTTP 200 with data',
      'filters.with-pages': 'entries',
    },
  },
  {
    what: 'corrects a `first` that cannot be used in silence',
    fault: () =>
      inOperation((operation) => {
        operation.query = operation.query.replace(/first: (?:0|-1|501|100000)\b/, 'first: 1')
      }),
    only: ['paging', 'filters'],
    fails: { 'paging.bounds': 'HTTP 200 with data' },
  },
  {
    what: 'begins anew on every page',
    fault: () =>
      inOperation((operation) => {
        if (operation.variables?.after) operation.variables.after = null
      }),
    only: ['paging', 'ordering'],
    fails: {
      'paging.walk': 'of them a second time',
      'paging.between-sources': 'entries',
    },
  },
  {
    what: 'says that there are more pages than there are',
    fault: () =>
      inAnswer((body) => {
        for (const [, { pageInfo }] of connectionsIn(body)) {
          if (pageInfo?.endCursor) pageInfo.hasNextPage = true
        }
      }),
    only: ['paging', 'sections'],
    fails: { 'paging.end-cursor': 'hasNextPage true, and that endCursor' },
  },
  {
    what: 'gives cursors that hold another time',
    fault: () =>
      inAnswer((body) => {
        for (const [, { edges }] of connectionsIn(body)) {
          for (const edge of edges ?? []) edge.cursor = earlier(edge.cursor)
        }
      }),
    only: ['ordering'],
    fails: { 'ordering.cursors': 'a cursor of other values' },
  },
  {
    what: 'shows only the first coding to a filter',
    fault: () =>
      inOperation((operation) => {
        operation.query = operation.query.replace(
          /codes: \["([^"]+)","no-such-code"\]/,
          'codes: ["no-such-code"]',
        )
      }),
    only: ['filters'],
    fails: { 'filters.codes': '0 entries' },
  },
  {
    what: 'takes the beginning of a date for all of it',
    fault: () =>
      inAnswer((body, asked) => {
        const since = /since: ."(\d{4}-\d\d-\d\dT[^"\\]+)/.exec(asked.body)?.[1] ?? ''
        for (const [, connection] of connectionsIn(body)) {
          connection.edges = connection.edges?.filter(
            ({ cursor }: { cursor: string }) => (fromCursor(cursor)?.time ?? '') >= since,
          )
        }
      }),
    only: ['filters.days'],
    fails: { 'filters.days': 'entries' },
  },
  {
    what: 'takes `until` for inclusive',
    fault: () =>
      inOperation((operation) => {
        operation.query = operation.query.replace(
          /until: "(\d{4}-\d\d-\d\dT[^"]+)"/,
          (_: string, at: string) => `until: "${new Date(Date.parse(at) + 1).toISOString()}"`,
        )
      }),
    only: ['filters'],
    fails: { 'filters.since-and-until': 'entries' },
  },
  {
    what: 'takes nothing recorded for none known',
    fault: () =>
      inAnswer((body) => {
        for (const [, connection] of connectionsIn(body)) {
          if (connection.status === 'NOTHING_RECORDED') connection.status = 'NONE_KNOWN'
        }
      }),
    only: ['sections', 'filters'],
    fails: { 'sections.status': 'NONE_KNOWN' },
  },
  {
    what: 'calls a section empty that a filter empties',
    fault: () =>
      inAnswer((body) => {
        for (const [, connection] of connectionsIn(body)) {
          if (connection.nodes?.length === 0 && connection.status)
            connection.status = 'NOTHING_RECORDED'
        }
      }),
    only: ['sections', 'filters'],
    fails: { 'filters.nothing-found': 'another status' },
  },
  {
    what: 'answers in words of its own',
    fault: () =>
      inAnswer((body) => {
        for (const [key, { edges }] of connectionsIn(body)) {
          if (key === 'allergies')
            for (const { node } of edges ?? []) if (node.criticality) node.criticality = 'SEVERE'
        }
      }),
    only: ['sections', 'ordering'],
    fails: { 'sections.values': 'a value of another type, an unknown word' },
  },
  {
    what: 'gives an empty record of an unknown patient',
    fault: () =>
      inAnswer((body, asked) => {
        const [number, ...more] = numbersIn(asked)
        if (
          more.length === 0 &&
          isNhsNumber(number ?? '') &&
          body.data?._entities?.[0] === null &&
          !body.errors
        ) {
          body.data._entities[0] = {
            nhsNumber: number,
            demographics: null,
            allergies: { status: 'NOTHING_RECORDED' },
          }
        }
      }),
    only: ['entities', 'scopes', 'operations'],
    fails: { 'entities.unknown-patient': 'a record' },
  },
  {
    what: 'gives an empty record of a patient of whom all may never be shared',
    fault: () => ({
      ask: (asked) =>
        numbersIn(asked).join() === EXCLUDED
          ? answer({ data: { _entities: [{ nhsNumber: EXCLUDED }] } })
          : asked,
    }),
    only: ['entities', 'exclusions'],
    fails: { 'exclusions.whole-record': 'a record' },
  },
  {
    what: 'sends a code that is never shared',
    fault: () =>
      inAnswer((body) => {
        for (const [key, { edges }] of connectionsIn(body)) {
          if (key !== 'diagnoses') continue
          for (const { node } of edges ?? []) node.bodySites?.push(concept('86406008'))
        }
      }),
    only: ['sections', 'exclusions'],
    fails: { 'exclusions.codes': 'one in entry 1' },
  },
  {
    what: 'answers several representations in another order',
    fault: () =>
      inAnswer((body, asked) => {
        if (numbersIn(asked).length === 1 && body.data?._entities?.length === 3) {
          body.data._entities.sort((one: Loose) => (one.__typename === 'NelRecord' ? -1 : 1))
        }
      }),
    only: ['entities', 'operations'],
    fails: { 'entities.several-in-order': 'NelRecord, Nel, Nel' },
  },
]

function concept(code: string) {
  const coding = { system: 'http://snomed.info/sct', code, display: null }
  return { display: null, code, system: coding.system, text: null, codings: [coding] }
}

function earlier(cursor: string): string {
  const [time, ...others] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  const moved = time === null ? null : new Date(Date.parse(time) - 3_600_000).toISOString()
  return Buffer.from(JSON.stringify([moved, ...others])).toString('base64url')
}
