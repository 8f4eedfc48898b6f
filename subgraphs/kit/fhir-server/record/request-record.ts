import { isExcludedService } from '../../exclusions/services.ts'
import { clinicalTypes, sections } from '../../fhir/sections.ts'
import { withoutReferences } from '../../reading/find-resources.ts'
import type { Page, PatientKey } from '../../reading/read-slices.ts'
import type { Slice } from '../../reading/slice.ts'
import { FhirServerError } from '../fhir-server-error.ts'
import type { ServerResource } from '../http/search-page.ts'
import { readPage } from './read-page.ts'
import { lastUpdateOf, newestUpdate, type ReadPatient, readPatients } from './read-patients.ts'
import { withCarriers } from './resource-types.ts'
import { type ViewedResource, type ViewParts, viewRecords } from './view.ts'

/** Most records have one of these: they are looked at first to find out whether anything is held. */
const MOST_RECORDS: readonly string[] = ['Encounter', 'AllergyIntolerance', 'Condition']

const NOTHING: Page = {
  entries: [],
  hasNextPage: false,
  hasEntries: false,
  statedNoneKnown: [],
  hasNotUnderstood: false,
}

/** Resources as they were seen together, or why they cannot be. */
type View = readonly ViewedResource[] | Error

/** What one server knows of a patient as a whole. */
export interface KnownPatient {
  readonly patient: ReadPatient
  /** WITHHELD where there is a record, and nothing of it may be shared; an error where that is not known. */
  readonly shares: 'SOMETHING' | 'NOTHING' | 'WITHHELD' | Error
  /** The newest change of what was read; null where the server dates nothing. */
  readonly changedAt: Date | null
}

/** What one server has under one key; null for a patient who is not known there. */
export type ServerAnswer = Page | KnownPatient | null | Error

/** One patient's record on one server as one request reads it. */
export class RequestRecord {
  readonly #parts: ViewParts
  readonly #nhsNumber: string
  #patient: Promise<ReadPatient | null> | undefined

  constructor(parts: ViewParts, nhsNumber: string) {
    this.#parts = parts
    this.#nhsNumber = nhsNumber
  }

  /** Who the patient is; null for one who is not known here. */
  identify(): Promise<ReadPatient | null> {
    this.#patient ??= readPatients(this.#parts).then((all) => all.get(this.#nhsNumber) ?? null)
    return this.#patient
  }

  /** Answers all that is asked at once: what one section needs is searched for once for all. */
  async answer(
    keys: readonly (Slice | PatientKey)[],
    signal: AbortSignal,
  ): Promise<ServerAnswer[]> {
    const patients = await this.#parts.gathering.patients()
    if (patients.length === 0) return keys.map(({ section }) => (section === null ? null : NOTHING))
    const names = [...new Set(keys.flatMap(({ section }) => section ?? []))]
    const views = await this.#view(names, signal)
    const answers: ServerAnswer[] = []
    for (const key of keys) {
      answers.push(
        key.section === null
          ? await this.#readPatient(views).catch((error: Error) => error)
          : pageOf(views.get(key.section) ?? [], key),
      )
    }
    return answers
  }

  /** The patient's original resources of a type that gave entries, as `find-resources.ts` has them. */
  async findResources(type: string): Promise<ServerResource[]> {
    const view = await viewRecords([type], this.#parts)
    const found = view.filter(({ resource }) => resource.resourceType === type)
    if (found.some((one) => one.isUnclear)) throw new FhirServerError('NOT_JUDGEABLE')
    const shared = found.filter(
      ({ isExcluded, items }) =>
        !isExcluded &&
        items.length > 0 &&
        items.every((one) => !one.isRestricted && one.isUnderstood),
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
    const view = await this.#viewTypes(withCarriers(names.flatMap(typesOf)))
    if (!(view instanceof Error) || names.length < 2) {
      return new Map(names.map((name) => [name, view]))
    }
    const views = new Map<string, View>()
    for (const name of names) {
      views.set(name, signal.aborted ? view : await this.#viewTypes(withCarriers(typesOf(name))))
    }
    return views
  }

  #viewTypes(types: readonly string[]): Promise<View> {
    return viewRecords([...new Set(types)], this.#parts).catch((error: Error) => error)
  }

  async #readPatient(views: ReadonlyMap<string, View>): Promise<KnownPatient | null> {
    const patient = await this.identify()
    if (patient === null) return null
    const read = [...views.values()].flatMap((view) => (view instanceof Error ? [] : view))
    const shown = await this.#findShown(read).catch((error: Error) => error)
    if (shown === null || shown instanceof Error) {
      const shares = shown ?? 'WITHHELD'
      return { patient, shares, changedAt: newestUpdate(patient.resources) }
    }
    const resources = [...patient.resources, ...shown.map(({ resource }) => resource)]
    const shares = shown.length === 0 ? 'NOTHING' : 'SOMETHING'
    return { patient, shares, changedAt: newestUpdate(resources) }
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
