import { isExcludedService } from '../../exclusions/services.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import { sections } from '../../fhir/sections.ts'
import { withoutReferences } from '../../reading/find-resources.ts'
import type { HeldPatient, Page, PatientKey } from '../../reading/read-slices.ts'
import type { Answer } from '../../reading/record-reader.ts'
import type { Slice } from '../../reading/slice.ts'
import { FhirServerError } from '../fhir-server-error.ts'
import { readPage } from './read-page.ts'
import { lastUpdateOf, newestUpdate, readPatients } from './read-patients.ts'
import { clinicalTypes } from './resource-types.ts'
import { type ViewedResource, type ViewParts, viewRecords } from './view.ts'

/** Most records have one of these: they are looked at first to find out whether anything is held. */
const MOST_RECORDS: readonly string[] = ['Encounter', 'AllergyIntolerance', 'Condition']

const NOTHING: Page = { entries: [], hasNextPage: false, hasEntries: false, statedNoneKnown: [] }

/** Resources as they were seen together, or why they cannot be. */
type View = readonly ViewedResource[] | Error

/** One patient's record as one request reads it. */
export class RequestRecord {
  readonly #parts: ViewParts
  readonly #asOf: () => Date

  /** @param now what a record is dated by whose server dates nothing */
  constructor(parts: ViewParts, now: () => Date) {
    this.#parts = parts
    this.#asOf = now
  }

  /** Answers all that is asked at once: what one section needs is searched for once for all. */
  async answer(keys: readonly (Slice | PatientKey)[], signal: AbortSignal): Promise<Answer[]> {
    const patients = await this.#parts.gathering.patients()
    if (patients.length === 0) return keys.map(({ section }) => (section === null ? null : NOTHING))
    const names = [...new Set(keys.flatMap(({ section }) => section ?? []))]
    const views = await this.#view(names, signal)
    const answers: Answer[] = []
    for (const key of keys) {
      answers.push(
        key.section === null
          ? await this.#readPatient(key.nhsNumber, views).catch((error: Error) => error)
          : pageOf(views.get(key.section) ?? [], key),
      )
    }
    return answers
  }

  /** The patient's original resources of a type that gave entries, as `find-resources.ts` has them. */
  async findResources(type: string): Promise<FhirResource[]> {
    const view = await viewRecords([type], this.#parts)
    const found = view.filter(({ resource }) => resource.resourceType === type)
    if (found.some((one) => one.isUnclear)) throw new FhirServerError('NOT_JUDGEABLE')
    const shared = found.filter(
      ({ isExcluded, items }) =>
        !isExcluded && items.length > 0 && items.every((one) => !one.isRestricted),
    )
    const hidden = this.#hidden(view)
    return shared
      .map(({ resource }) => resource)
      .sort(
        (one, other) => (lastUpdateOf(other)?.getTime() ?? 0) - (lastUpdateOf(one)?.getTime() ?? 0),
      )
      .map((resource) => withoutReferences(resource, hidden))
  }

  /** Each section's view: one for all, or each its own where something fails that others do not need. */
  async #view(names: readonly string[], signal: AbortSignal): Promise<Map<string, View>> {
    const view = await this.#viewTypes(names.flatMap(typesOf))
    if (!(view instanceof Error) || names.length < 2) {
      return new Map(names.map((name) => [name, view]))
    }
    const views = new Map<string, View>()
    for (const name of names) {
      views.set(name, signal.aborted ? view : await this.#viewTypes(typesOf(name)))
    }
    return views
  }

  #viewTypes(types: readonly string[]): Promise<View> {
    return viewRecords([...new Set(types)], this.#parts).catch((error: Error) => error)
  }

  /**
   * Null for a patient of whom nothing is held that may be shared, as `isHeld` has it: somebody of
   * whom all that is known may never be shared is answered like one who is not known.
   */
  async #readPatient(
    nhsNumber: string,
    views: ReadonlyMap<string, View>,
  ): Promise<HeldPatient | null> {
    const patient = (await readPatients(this.#parts)).get(nhsNumber)
    if (patient === undefined) return null
    const { demographics, isSensitive } = patient
    const read = [...views.values()].flatMap((view) => (view instanceof Error ? [] : view))
    const shown = await this.#findShown(read)
    if (shown === null) return null
    if (shown.length === 0 && (demographics.name ?? demographics.birthDate ?? null) === null) {
      return null
    }
    const resources = [...patient.resources, ...shown.map(({ resource }) => resource)]
    return { demographics, isSensitive, asOf: newestUpdate(resources) ?? this.#asOf() }
  }

  /** What of the record may be shared, as far as it had to be read; null where nothing of it may. */
  async #findShown(read: readonly ViewedResource[]): Promise<ViewedResource[] | null> {
    let view = read
    for (const types of [null, MOST_RECORDS, clinicalTypes]) {
      if (types !== null) view = await viewRecords(types, this.#parts)
      const shown = view.filter((one) => !one.isExcluded && !one.isUnclear)
      if (shown.some(({ items }) => items.some((item) => !item.isRestricted))) return shown
    }
    if (view.some((one) => one.isUnclear)) throw new FhirServerError('NOT_JUDGEABLE')
    return view.some(({ items }) => items.length > 0) ? null : []
  }

  /** `Type/id` of what is never shared of the patient, and of places and services. */
  #hidden(view: readonly ViewedResource[]): ReadonlySet<string> {
    const { references, judging } = this.#parts
    const around = {
      isExcludedItself: judging.isExcludedItself,
      find: (reference: Parameters<typeof references.find>[0]) =>
        references.find(reference)?.resource ?? null,
    }
    const services = references
      .lookedUp()
      .filter((one) => judging.isExcludedItself(one) || isExcludedService(one, around))
    const excluded = view.filter((one) => one.isExcluded).map(({ resource }) => resource)
    return new Set([...services, ...excluded].map((one) => `${one.resourceType}/${one.id}`))
  }
}

function typesOf(name: string): readonly string[] {
  return sections.find(({ section }) => section === name)?.resourceTypes ?? []
}

/** An entry that may or may not be shared cannot be left out in silence, and cannot be shown. */
function pageOf(view: View, slice: Slice): Page | Error {
  if (view instanceof Error) return view
  const own = view.filter(({ nhsNumber }) => nhsNumber === slice.nhsNumber)
  const isUnclear = own.some(
    ({ isUnclear, items, resource }) =>
      isUnclear &&
      (items.length === 0
        ? typesOf(slice.section).includes(resource.resourceType)
        : items.some(({ section }) => section === slice.section)),
  )
  if (isUnclear) return new FhirServerError('NOT_JUDGEABLE')
  const items = new Map(
    own
      .flatMap((one) => one.items)
      .filter(({ section }) => section === slice.section)
      .map((item) => [item.id, item]),
  )
  return readPage([...items.values()], slice)
}
