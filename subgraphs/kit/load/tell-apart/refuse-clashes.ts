import { sql } from 'kysely'
import { isEnteredInError } from '../../fhir/carried-status.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import type { LoadContext } from '../load-context.ts'
import { bindReferences } from '../resolve/bind-references.ts'
import { patientLookup } from '../resolve/patient-of.ts'
import type { DisputedState } from '../stage/stage.ts'
import { column } from '../write/columns.ts'
import { areOthers } from './are-others.ts'
import { isSamePerson } from './is-same-person.ts'
import { type Traits, traitsOf } from './traits.ts'

/**
 * Refuses what bears the id of another resource, or of another person, with which it came or which the
 * store holds. All states in such a clash are refused, since their order decides nothing; what is
 * stored stays. Patients first: whose a resource is depends on them.
 */
export async function refuseClashes(context: LoadContext): Promise<void> {
  await refuseAll(context, true)
  await refuseAll(context, false)
}

/** A state with what is to be compared. */
interface Compared {
  readonly type: string
  readonly id: string
  readonly resource: FhirResource
  readonly traits: Traits
}

/** So many different states of one resource are kept to be compared with the others. */
const maxKept = 50

async function refuseAll(context: LoadContext, isPatient: boolean): Promise<void> {
  let last = -1
  let group: Compared[] = []
  let isClash = false
  const close = async () => {
    const [first] = group
    if (first !== undefined && isClash) await refuse(context, first)
    group = []
    isClash = false
  }
  for (;;) {
    const states = await context.stage.nextDisputed(isPatient, last)
    last = states.at(-1)?.place ?? last
    for (const [state, stored] of await readStates(context, states)) {
      if (group[0]?.id !== state.id || group[0].type !== state.type) {
        await close()
        if (stored !== null) group = [stored]
      }
      isClash ||= group.some((one) => areApart(one, state))
      if (group.length < maxKept) group.push(state)
    }
    context.resolver.trim()
    if (states.length === 0) return close()
  }
}

function areApart(one: Compared, other: Compared): boolean {
  if (one.type !== 'Patient') return areOthers(one.traits, other.traits) || isUnnamed(one, other)
  return (
    one.traits.nhsNumber !== other.traits.nhsNumber && !isSamePerson(one.resource, other.resource)
  )
}

/** A later state that no longer says what it is of would take what was said away; a withdrawn one may. */
function isUnnamed(one: Compared, { traits, resource }: Compared): boolean {
  return isCoded(one.traits) && !isCoded(traits) && !isEnteredInError(resource)
}

function isCoded({ codes }: Traits): boolean {
  return [...codes.values()].some((values) => values.length > 0)
}

async function refuse(context: LoadContext, { type, id }: Compared): Promise<void> {
  const reason = type === 'Patient' ? 'DIFFERENT_PATIENT' : 'SAME_ID'
  for (const { file, place, contained } of await context.stage.refuseStates([{ type, id }])) {
    context.tally.refuse({ file, place, resourceType: type, reason }, contained)
  }
  context.resolver.forget(type, id)
}

/** What is staged, each with what is stored under its id. */
async function readStates(
  context: LoadContext,
  states: readonly DisputedState[],
): Promise<[Compared, Compared | null][]> {
  if (states.length === 0) return []
  const stored = await findStored(context, states)
  const texts = await bindReferences(context.stage, states)
  const staged = states.map((state, index) => ({ ...state, json: texts[index] ?? '' }))
  const compared = await compare(context, [...staged, ...stored.values()])
  return states.map((state, index) => {
    const at = [...stored.keys()].indexOf(`${state.type}/${state.id}`)
    const other = at < 0 ? null : (compared[states.length + at] ?? null)
    return [compared[index] as Compared, other]
  })
}

type Written = Pick<DisputedState, 'type' | 'id' | 'nhsNumber' | 'json'>

async function compare(context: LoadContext, written: readonly Written[]): Promise<Compared[]> {
  const resources = written.map(({ json }) => JSON.parse(json) as FhirResource)
  const patients = resources.map((resource) => patientLookup(resource, context.asOf))
  await context.resolver.prepare(patients.filter((patient) => patient !== null))
  return written.map(({ type, id, nhsNumber }, index) => {
    const resource = resources[index] as FhirResource
    const patient = patients[index] ?? null
    const found = patient === null ? null : context.resolver.find(patient)
    const owner = type === 'Patient' ? nhsNumber : (found?.nhsNumber ?? null)
    return { type, id, resource, traits: traitsOf(resource, owner) }
  })
}

async function findStored(
  { db, wasEmpty }: LoadContext,
  states: readonly DisputedState[],
): Promise<Map<string, Written>> {
  if (wasEmpty) return new Map()
  const { rows } = await sql<Written>`
    select type, id, nhs_number as "nhsNumber", content::text as json from resource
    where (type, id) in (
      select * from unnest(
        ${column(states.map(({ type }) => type))}, ${column(states.map(({ id }) => id))}
      ))`.execute(db)
  return new Map(rows.map((row) => [`${row.type}/${row.id}`, row]))
}
