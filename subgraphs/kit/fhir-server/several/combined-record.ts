import type { Clock } from '../../clock.ts'
import { subgraphError } from '../../errors.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import type { Page, PatientKey } from '../../reading/read-slices.ts'
import type { Answer } from '../../reading/record-reader.ts'
import type { Slice } from '../../reading/slice.ts'
import type { ServerResource } from '../http/search-page.ts'
import { lastUpdateOf } from '../record/read-patients.ts'
import type { KnownPatient, RequestRecord, ServerAnswer } from '../record/request-record.ts'
import { combinePages } from './combine-pages.ts'
import { combinePatients, combineWho } from './combine-patients.ts'

/** One patient's record on all servers, or on one of them, as one request reads it. What one server cannot give is missing. */
export class CombinedRecord {
  readonly #records: readonly RequestRecord[]
  readonly #clock: Clock

  constructor(records: readonly RequestRecord[], clock: Clock) {
    this.#records = records
    this.#clock = clock
  }

  /**
   * Answers all that is asked at once.
   *
   * @throws SEVERAL_PEOPLE where the Patients under the number are not one person
   */
  async answer(keys: readonly (Slice | PatientKey)[], signal: AbortSignal): Promise<Answer[]> {
    const answers = await Promise.all(this.#records.map((one) => one.answer(keys, signal)))
    await this.#refuseContradiction()
    return keys.map((key, index) => {
      const own = answers.map((each) => each[index] ?? null)
      const failed = own.find((one) => one instanceof Error)
      if (failed !== undefined) return failed
      return key.section === null
        ? combinePatients(own.filter(isKnown), this.#clock)
        : combinePages(own.filter(isPage), key.first)
    })
  }

  /** The patient's original resources of a type, of all servers, the one last changed first. */
  async findResources(type: string): Promise<FhirResource[]> {
    const found = await Promise.all(this.#records.map((one) => one.findResources(type)))
    await this.#refuseContradiction()
    return found.flat().sort((one, other) => changedAt(other) - changedAt(one))
  }

  async #refuseContradiction(): Promise<void> {
    const known = await Promise.all(this.#records.map((one) => one.identify()))
    const { isDisputed } = combineWho(known.flatMap((one) => one ?? []))
    if (isDisputed) throw subgraphError('SEVERAL_PEOPLE')
  }
}

function changedAt(resource: ServerResource): number {
  return lastUpdateOf(resource)?.getTime() ?? 0
}

function isKnown(answer: ServerAnswer): answer is KnownPatient {
  return answer !== null && 'patient' in answer
}

function isPage(answer: ServerAnswer): answer is Page {
  return answer !== null && 'entries' in answer
}
