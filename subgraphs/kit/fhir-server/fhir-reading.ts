import { setMaxListeners } from 'node:events'
import type { Clock } from '../clock.ts'
import type { Judging } from '../load/exclude/judging.ts'
import { serverName } from '../load/read/server.ts'
import type { Participant } from '../participant.ts'
import type { PatientKey } from '../reading/read-slices.ts'
import { type Answer, createRecordReader } from '../reading/record-reader.ts'
import type { RecordKey, Slice } from '../reading/slice.ts'
import type { SourceReading, SourceRequest } from '../record-source.ts'
import { readFhirFeed } from './feed/fhir-feed.ts'
import type { FhirClient } from './http/fhir-client.ts'
import type { ServerBase } from './http/server-base.ts'
import { Spending } from './http/spending.ts'
import type { FhirServerLimits } from './options.ts'
import { Gathering } from './record/gathering.ts'
import { RequestRecord } from './record/request-record.ts'
import { ServerReferences } from './record/server-references.ts'
import type { ViewParts } from './record/view.ts'
import { CombinedRecord } from './several/combined-record.ts'

/** What every request to a FHIR server reads with. */
export interface FhirParts {
  readonly client: FhirClient
  readonly base: ServerBase
  /** Keeps ids of this server apart from another's; null on the first or only one. */
  readonly serverKey: string | null
  readonly limits: FhirServerLimits
  readonly participant: Participant
  readonly judging: Judging
  readonly clock: Clock
}

/** Whom a request reads about, and what it may still cost. */
interface ViewOptions {
  readonly nhsNumbers: readonly string[]
  readonly spending: Spending
  /** True where other patients that are referred to are looked up as well. */
  readonly findsPatients?: boolean
}

/** What one request reads with, for some patients. */
export function viewPartsOf(
  parts: FhirParts,
  request: SourceRequest,
  options: ViewOptions,
): ViewParts {
  const { nhsNumbers, spending, findsPatients = false } = options
  const { client, participant, judging, serverKey } = parts
  const lookup = { client, base: parts.base.href, asking: { signal: request.signal, spending } }
  const now = parts.clock()
  const gathering = new Gathering({ ...lookup, nhsNumbers, now })
  return {
    participant,
    judging,
    gathering,
    now,
    serverKey,
    references: new ServerReferences({ ...lookup, gathering, findsPatients }),
    onExcluded: (section, entries) => request.onExcluded(section, entries),
  }
}

/**
 * Reads for one request: on each server each resource type of a patient is searched for once. What a
 * request may cost is counted for each server.
 */
export function beginReading(
  servers: readonly FhirParts[],
  request: SourceRequest,
  clock: Clock,
): SourceReading {
  // As many searches wait for it as are under way.
  setMaxListeners(0, request.signal)
  const paid = servers.map((parts) => ({ parts, spending: new Spending(parts.limits) }))
  const records = new Map<string, CombinedRecord>()
  const open = ({ nhsNumber, server }: RecordKey) => {
    const asked = paid.filter(
      ({ parts }) => server === null || serverName(parts.serverKey) === server,
    )
    const onServers = asked.map(({ parts, spending }) => {
      const view = viewPartsOf(parts, request, { nhsNumbers: [nhsNumber], spending })
      return new RequestRecord(view, nhsNumber)
    })
    return new CombinedRecord(onServers, clock)
  }
  const recordOf = (asked: RecordKey) => {
    const key = keyOf(asked)
    const record = records.get(key) ?? open(asked)
    records.set(key, record)
    return record
  }
  const read = async (keys: readonly (Slice | PatientKey)[]): Promise<Answer[]> => {
    const answers = new Map<Slice | PatientKey, Answer>()
    for (const one of new Map(keys.map((key) => [keyOf(key), key])).values()) {
      const own = keys.filter((key) => keyOf(key) === keyOf(one))
      const found = await recordOf(one).answer(own, request.signal)
      own.forEach((key, index) => void answers.set(key, found[index] ?? null))
    }
    return keys.map((key) => answers.get(key) ?? null)
  }
  return {
    ...createRecordReader(read),
    findResources: (record, type) => recordOf(record).findResources(type),
    readFeed: (page) => readFhirFeed({ servers, request, clock }, page),
  }
}

function keyOf({ nhsNumber, server }: RecordKey): string {
  return `${nhsNumber} ${server ?? ''}`
}
