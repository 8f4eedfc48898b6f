import type { Organisation } from '../subgraphs/kit/participant.ts'
import { Chart } from './chart.ts'
import { directoriesOf } from './directory.ts'
import type { Bundle } from './fhir.ts'
import { writeCommunity, writeMentalHealth, writeSocialCare } from './history/community.ts'
import { type History, makeHistory } from './history/history.ts'
import { writeClinic, writeEmergency } from './history/hospital.ts'
import { writeMedicineHistory } from './history/medication.ts'
import { type Placing, placeOf } from './history/placing.ts'
import { writeAllergies, writePractice } from './history/practice.ts'
import type { Scene } from './history/scene.ts'
import { writeLegallyExcluded, writeObjection } from './history/sensitive.ts'
import { crowdNumbers, type PatientNumbers } from './hospital-systems.ts'
import { testNhsNumbers } from './nhs-number.ts'
import {
  anOrganisation,
  contributors,
  organisationsOf,
  participantOf,
  practiceNear,
} from './participants.ts'
import { ageAt, makePerson, type Person } from './people/person.ts'
import { randomFrom } from './random.ts'
import { addPatient } from './resources/patient.ts'
import { stories } from './stories/stories.ts'
import { bundlesOf } from './stories/story.ts'

const DAY_MS = 86_400_000
const YEARS_KEPT = 8

/** A directory, or one person's record, of one system of a participant, as it goes into its store. */
export interface GeneratedBundle {
  readonly participant: string
  readonly bundle: Bundle
}

/**
 * The demo population: each contributor's directory, then story patients, whose bundles hold all
 * that they refer to, then made-up people, whose bundles refer to the directory. One bundle for
 * each person and system: a participant has one system, or further ones of its hospitals. The same seed, number and moment always give the same bundles; naming
 * participants leaves out the others' bundles and changes nothing else.
 */
export function* generatePopulation(options: {
  seed: number
  patients: number
  asOf: Date
  participants?: readonly string[]
}): Generator<GeneratedBundle> {
  const wanted = options.participants === undefined ? undefined : new Set(options.participants)
  const isWanted = (participant: string) => wanted === undefined || wanted.has(participant)
  for (const { code } of contributors) {
    if (!isWanted(code)) continue
    for (const bundle of directoriesOf(code, options.asOf)) yield { participant: code, bundle }
  }
  for (const story of stories) yield* bundlesOf(story, options.asOf, isWanted)

  const numbers = crowdNumbers()
  const nhsNumbers = testNhsNumbers()
  for (let index = 0; index < options.patients; index++) {
    const nhsNumber = nhsNumbers.next().value
    const placing = placeOf(options.seed, index)
    if (!placing.holders.some(isWanted)) continue
    const history = historyOf(options, nhsNumber, placing.home)
    for (const participant of placing.holders) {
      if (!isWanted(participant)) continue
      for (const bundle of recordOf(options, history, { participant, placing, numbers })) {
        yield { participant, bundle }
      }
    }
  }
}

function historyOf(
  options: { seed: number; asOf: Date },
  nhsNumber: string,
  home: string,
): History {
  const seedText = `${options.seed} ${nhsNumber}`
  const person = makePerson({
    seedText: `person ${seedText}`,
    nhsNumber,
    home,
    practice: practiceNear(home, seedText),
    asOf: options.asOf,
  })
  return makeHistory(person, randomFrom(`history ${seedText}`), options.asOf)
}

function recordOf(
  options: { seed: number; asOf: Date },
  history: History,
  given: { participant: string; placing: Placing; numbers: PatientNumbers },
): Bundle[] {
  const { person } = history
  const chart = new Chart({
    participant: given.participant,
    person,
    asOf: options.asOf,
    crowd: given.numbers,
  })
  const random = randomFrom(`${options.seed} ${person.nhsNumber} ${given.participant}`)
  const from = new Date(
    Math.max(person.born.getTime() + DAY_MS, chart.until.getTime() - YEARS_KEPT * 365 * DAY_MS),
  )
  const scene: Scene = { chart, history, random, from }
  const isHome = given.participant === given.placing.home
  if (participantOf(given.participant).kind === 'REGIONAL_HIE') writeRegion(scene, isHome)
  else writeTrust(scene)
  return chart.bundles()
}

function writeRegion(scene: Scene, isHome: boolean): void {
  const { chart, history, random } = scene
  const hospital = anOrganisation(chart.participant, 'ACUTE_TRUST', random)
  const holder = isHome ? chart.person.practice : hospital
  addPatient(chart, { by: holder, at: scene.from })
  if (isHome) writePractice(scene, chart.person.practice)
  else writeVisitor(scene, hospital)
  const isWell = history.conditions.length === 0
  if (!isHome || random.chance(isWell ? 0.1 : 0.25)) writeEmergency(scene, hospital)
  for (const illness of history.conditions) {
    if (illness.condition.clinic !== undefined && random.chance(0.15)) {
      writeClinic(scene, hospital, illness)
    }
  }
  if (isHome) writeWiderCare(scene, chart.person)
  writeLegallyExcluded(scene, hospital)
  writeObjection(scene, holder)
}

function writeWiderCare(scene: Scene, person: Person): void {
  const { chart, history, random } = scene
  const has = (key: string) => history.conditions.some((each) => each.key === key)
  const age = ageAt(person, chart.until)
  if (has('frailty') || has('dementia') || (age > 80 && random.chance(0.3))) {
    writeSocialCare(scene, random.pick(organisationsOf(chart.participant, 'SOCIAL_CARE')))
  }
  if (has('schizophrenia') || has('dementia') || (has('depression') && random.chance(0.25))) {
    writeMentalHealth(scene, random.pick(organisationsOf(chart.participant, 'MENTAL_HEALTH_TRUST')))
  }
}

function writeTrust(scene: Scene): void {
  const { chart, history, random } = scene
  const trust = participantOf(chart.participant).organisations[0]
  if (trust === undefined) return
  addPatient(chart, { by: trust, at: scene.from })
  writeVisitor(scene, trust)
  if (trust.kind === 'COMMUNITY_TRUST') {
    writeCommunity(scene, trust)
    return
  }
  writeEmergency(scene, trust)
  if (history.conditions.length > 0 && random.chance(0.5)) writeEmergency(scene, trust)
  for (const illness of history.conditions) {
    if (illness.condition.clinic !== undefined && random.chance(0.6))
      writeClinic(scene, trust, illness)
  }
}

/** What everybody asks on the first visit: allergies, and what the person takes. */
function writeVisitor(scene: Scene, by: Organisation): void {
  writeAllergies(scene, by)
  writeMedicineHistory(scene, by)
}
