import type { Demographics } from '../generated/contract.ts'
import { mayBeOne, mayBeOneAcross } from '../person/compare-people.ts'
import { type Person, toPerson } from '../person/person.ts'
import type { CombinedPatient, MappedPatient, ServerPatient } from './mapping.ts'

/**
 * One patient from several Patient resources of one server under one NHS number: the first speaks, any
 * makes them sensitive. Where they cannot be told to be one person, nobody speaks, and no link is theirs.
 */
export function combinePatients(
  first: MappedPatient,
  others: readonly MappedPatient[],
): MappedPatient {
  const all = [first, ...others]
  return all.some(({ isDisputed }) => isDisputed) || !areAll(mayBeOne, all)
    ? nobody(all)
    : oneOf(first, all)
}

/**
 * One patient from what several servers of one participant say under one NHS number, each as often as it
 * has a Patient; the first speaks. Where the servers may have different people, each stands for itself: a
 * slip at one hospital hides nothing at another. Nobody where none has one.
 */
export function combineServers(told: readonly ServerPatient[]): CombinedPatient {
  const names = [...new Set(told.map(({ server }) => server))]
  const servers = names.flatMap((server): ServerPatient[] => {
    const [first, ...others] = told.filter((one) => one.server === server)
    return first ? [{ ...combinePatients(first, others), server }] : []
  })
  const [first, ...others] = servers
  if (!first) return { ...NOBODY, servers: [] }
  if (others.length === 0) return { ...withoutServer(first), servers: [] }
  const areOne = servers.every(({ isDisputed }) => !isDisputed) && areAll(mayBeOneAcross, servers)
  return areOne
    ? { ...oneOf(first, servers), servers: [] }
    : { ...nobody(servers), servers: servers.toSorted(byServer) }
}

function oneOf({ demographics }: MappedPatient, all: readonly MappedPatient[]): MappedPatient {
  return {
    demographics,
    isSensitive: all.some((patient) => patient.isSensitive),
    supersededBy: all.map((patient) => patient.supersededBy).find((one) => one !== null) ?? null,
    supersedes: [...new Set(all.flatMap((patient) => patient.supersedes))].sort(),
    isDisputed: false,
  }
}

function nobody(all: readonly MappedPatient[]): MappedPatient {
  return {
    ...NOBODY,
    isSensitive: all.some((patient) => patient.isSensitive),
    isDisputed: true,
  }
}

/** Each with each: a third may be like both of two who are not like each other. */
function areAll(
  areOne: (one: Person, other: Person) => boolean,
  patients: readonly MappedPatient[],
): boolean {
  const people = patients.map(({ demographics }) => toPerson(demographics))
  return people.every((one, place) => people.slice(place + 1).every((other) => areOne(one, other)))
}

function withoutServer({ server: _server, ...patient }: ServerPatient): MappedPatient {
  return patient
}

function byServer(one: ServerPatient, other: ServerPatient): number {
  return one.server < other.server ? -1 : 1
}

const NOTHING_SAID: Demographics = {
  name: null,
  otherNames: [],
  formerNames: [],
  birthDate: null,
  gender: null,
  deceasedAt: null,
  isDeceased: null,
  addresses: [],
  telecom: [],
  generalPractice: null,
  language: null,
  contacts: [],
}

/** What is told of a number that no Patient bears. */
export const NOBODY: MappedPatient = {
  demographics: NOTHING_SAID,
  isSensitive: false,
  supersededBy: null,
  supersedes: [],
  isDisputed: false,
}
