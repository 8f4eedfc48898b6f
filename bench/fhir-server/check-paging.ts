import { askRecord } from '../../conformance/subject/ask.ts'
import { toObject } from '../../conformance/subject/json.ts'
import type { Subject } from '../../conformance/subject/subject.ts'
import { entriesOf } from '../../conformance/subject/whole-record.ts'
import { untilInTime } from './until-in-time.ts'

const PAGE = 60

/** The ids of all observations of somebody, page by page as a caller reads them. */
export async function walkObservations(subject: Subject, nhsNumber: string): Promise<string[]> {
  const ids: string[] = []
  let after: string | null = null
  for (;;) {
    const asking = {
      selection: `observations(first: ${PAGE}, after: $after) {
        edges { cursor node { id } } pageInfo { endCursor hasNextPage }
      }`,
      declares: '$after: String',
      variables: { after },
    }
    const { record } = await untilInTime(() => askRecord(subject, nhsNumber, asking))
    const connection = toObject(record?.['observations'])
    if (connection === null) throw new Error('There are no observations of somebody who has them')
    ids.push(...entriesOf(connection).map(({ id }) => id))
    const pageInfo = toObject(connection['pageInfo'])
    if (pageInfo?.['hasNextPage'] !== true) return ids
    after = String(pageInfo['endCursor'])
  }
}
