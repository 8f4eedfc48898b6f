import { setMaxListeners } from 'node:events'
import type { Clock } from '../clock.ts'
import type { Judging } from '../load/exclude/judging.ts'
import type { Participant } from '../participant.ts'
import type { PatientKey } from '../reading/read-slices.ts'
import { type Answer, createRecordReader } from '../reading/record-reader.ts'
import type { Slice } from '../reading/slice.ts'
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

/** What every request to a FHIR server reads with. */
export interface FhirParts {
  readonly client: FhirClient
  readonly base: ServerBase
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
  const { client, participant, judging } = parts
  const lookup = { client, base: parts.base.href, asking: { signal: request.signal, spending } }
  const now = parts.clock()
  const gathering = new Gathering({ ...lookup, nhsNumbers, now })
  return {
    participant,
    judging,
    gathering,
    now,
    references: new ServerReferences({ ...lookup, gathering, findsPatients }),
    onExcluded: (section, entries) => request.onExcluded(section, entries),
  }
}

/** Reads for one request: of each patient each resource type is searched for once. */
export function beginReading(parts: FhirParts, request: SourceRequest): SourceReading {
  // As many searches wait for it as are under way.
  setMaxListeners(0, request.signal)
  const spending = new Spending(parts.limits)
  const records = new Map<string, RequestRecord>()
  const recordOf = (nhsNumber: string) => {
    const options = { nhsNumbers: [nhsNumber], spending }
    const record =
      records.get(nhsNumber) ?? new RequestRecord(viewPartsOf(parts, request, options), parts.clock)
    records.set(nhsNumber, record)
    return record
  }
  const read = async (keys: readonly (Slice | PatientKey)[]): Promise<Answer[]> => {
    const answers = new Map<Slice | PatientKey, Answer>()
    for (const nhsNumber of new Set(keys.map((key) => key.nhsNumber))) {
      const own = keys.filter((key) => key.nhsNumber === nhsNumber)
      const found = await recordOf(nhsNumber).answer(own, request.signal)
      own.forEach((key, index) => void answers.set(key, found[index] ?? null))
    }
    return keys.map((key) => answers.get(key) ?? null)
  }
  return {
    ...createRecordReader(read),
    findResources: (nhsNumber, type) => recordOf(nhsNumber).findResources(type),
    readFeed: (page) => readFhirFeed(parts, request, page),
  }
}
