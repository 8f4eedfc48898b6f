import type { Organisation } from '../../subgraphs/kit/participant.ts'
import { panels } from '../codes/laboratory.ts'
import { medicines } from '../codes/medicines.ts'
import { vaccines } from '../codes/vaccines.ts'
import { type Coding, snomed } from '../fhir.ts'
import { ageAt } from '../people/person.ts'
import { addAllergy, addEmptyAllergyList, addNoKnownAllergy } from '../resources/allergies.ts'
import { addAppointment } from '../resources/appointments.ts'
import { addCondition } from '../resources/conditions.ts'
import { specialty } from '../resources/encounters.ts'
import { addImmunization } from '../resources/immunisations.ts'
import { addLaboratoryReport } from '../resources/laboratory.ts'
import { addMedicationRequest } from '../resources/medicines.ts'
import { addCarePlan, addFlag, addReferral, carePlans, flags } from '../resources/plans.ts'
import { addProcedure } from '../resources/procedures.ts'
import { addBloodPressure, addVitalSign } from '../resources/vital-signs.ts'
import { type Illness, momentBetween, resultsOf } from './history.ts'
import { writeRepeatPrescriptions } from './medication.ts'
import { recent, type Scene } from './scene.ts'

const DAY_MS = 86_400_000
const generalPractice = specialty('600', 'General Practice Service')

/** The general practice's part of the record. */
export function writePractice(scene: Scene, practice: Organisation): void {
  writeAllergies(scene, practice)
  for (const illness of scene.history.conditions) writeIllness(scene, practice, illness)
  writeReviews(scene, practice)
  writeRepeatPrescriptions(scene, practice)
  writeImmunisations(scene, practice)
  writeMeasurements(scene, practice)
  writeAcutePrescription(scene, practice)
  writeVisits(scene, practice)
}

/** Allergies, the statement that there are none, or nothing where nobody asked. */
export function writeAllergies(scene: Scene, by: Organisation): void {
  const { chart, history, random } = scene
  if (history.allergies === undefined) return
  const at = momentBetween(random, scene.from, chart.until)
  if (history.allergies.length > 0) {
    for (const kind of history.allergies) addAllergy(chart, { by, at }, kind)
  } else if (random.chance(0.5)) addNoKnownAllergy(chart, { by, at })
  else addEmptyAllergyList(chart, { by, at })
}

function writeIllness(scene: Scene, by: Organisation, illness: Illness): void {
  const { chart, random } = scene
  const { condition, onset } = illness
  const at = { by, at: onset }
  addCondition(chart, at, condition.coding, { onset })
  writePracticeProcedure(scene, by, illness)
  if (condition.plan !== undefined && random.chance(0.5)) {
    addCarePlan(
      chart,
      { by, at: momentBetween(random, onset, chart.until) },
      {
        kind: condition.plan,
        ...universalPlan(chart.participant, condition.plan),
        goal: `Living well with ${condition.coding.display.toLowerCase()}`,
        activities: ['Review with the named nurse twice a year', 'Blood tests before each review'],
      },
    )
  }
  if (condition.clinic !== undefined && random.chance(0.3)) {
    addReferral(chart, at, {
      service: condition.clinic,
      reason: condition.coding,
      status: 'completed',
    })
  }
  if (illness.key === 'frailty') addFlag(chart, at, flags.falls)
}

/** One review takes all long-term conditions together, and each blood test once. */
function writeReviews(scene: Scene, by: Organisation): void {
  const { chart, history, random } = scene
  const [first, ...others] = history.conditions.map(({ onset }) => onset.getTime())
  if (first === undefined) return
  const since = new Date(Math.min(first, ...others))
  const reviews = history.isLong ? 26 : Number(random.chance(0.2))
  for (let review = 0; review < reviews; review++) {
    const takenAt = momentBetween(random, since, chart.until)
    const known = history.conditions.filter(({ onset }) => onset <= takenAt)
    const shifts = known.map(({ condition }) => condition.results)
    for (const panel of new Set(known.flatMap(({ condition }) => condition.panels))) {
      // Not every test is due at every review.
      if (!history.isLong && random.chance(0.6)) continue
      const results = resultsOf(random, panels[panel].tests, shifts)
      addLaboratoryReport(chart, { by, takenAt, panel, results })
    }
  }
}

/** Two conditions are followed up with a procedure at the practice itself. */
function writePracticeProcedure(scene: Scene, by: Organisation, illness: Illness): void {
  const { chart, random } = scene
  const { procedure } = illness.condition
  if (procedure === undefined || (illness.key !== 'diabetes' && illness.key !== 'asthma')) return
  addProcedure(chart, { by, at: momentBetween(random, illness.onset, chart.until) }, procedure)
}

function writeImmunisations(scene: Scene, by: Organisation): void {
  const { chart, random } = scene
  const { born } = chart.person
  const give = (vaccine: (typeof vaccines)[keyof typeof vaccines], at: number) => {
    const moment = new Date(at + random.whole(9 * 12, 16 * 12) * 300_000)
    if (moment < chart.until) addImmunization(chart, { by, at: moment }, vaccine)
  }
  if (born.getTime() > Date.UTC(2017, 10, 1)) {
    const schedule = [
      [vaccines.sixInOneFirst, 56],
      [vaccines.menB, 57],
      [vaccines.sixInOneSecond, 84],
      [vaccines.sixInOneThird, 112],
      [vaccines.mmr, 366],
    ] as const
    for (const [vaccine, days] of schedule) give(vaccine, born.getTime() + days * DAY_MS)
    return
  }
  const age = ageAt(chart.person, chart.until)
  if (age >= 18 && random.chance(0.1)) {
    give(vaccines.covidFirst, Date.UTC(2021, 1, random.whole(1, 80)))
    give(vaccines.covidSecond, Date.UTC(2021, 5, random.whole(1, 80)))
  }
  if (age >= 65) {
    const year = chart.until.getUTCFullYear() - 1
    if (random.chance(0.5)) give(vaccines.influenza, Date.UTC(year, 9, random.whole(1, 60)))
    if (random.chance(0.2)) give(vaccines.covidBooster, Date.UTC(year, 8, random.whole(5, 60)))
    if (random.chance(0.2)) give(vaccines.pneumococcal, Date.UTC(year - 1, 4, random.whole(1, 60)))
  }
}

function writeMeasurements(scene: Scene, by: Organisation): void {
  const { chart, history, random } = scene
  const age = ageAt(chart.person, chart.until)
  const isHypertensive = history.conditions.some((each) => each.key === 'hypertension')
  if (age < 16) return
  const visits = isHypertensive ? random.whole(0, 1) : Number(random.chance(0.15))
  const heightCm = Math.round(random.around(chart.person.gender === 'male' ? 176 : 163, 6))
  for (let visit = 0; visit < visits; visit++) {
    const at = momentBetween(random, scene.from, chart.until)
    addBloodPressure(
      chart,
      { by, at },
      {
        systolic: Math.round(random.around(isHypertensive ? 142 : 122, 8)),
        diastolic: Math.round(random.around(isHypertensive ? 86 : 76, 6)),
      },
    )
    if (visit > 0 || random.chance(0.4)) continue
    const weightKg = Math.round((random.around(26, 3) * heightCm ** 2) / 1000) / 10
    addVitalSign(chart, { by, at }, 'weight', weightKg)
    addVitalSign(chart, { by, at }, 'height', heightCm)
  }
}

function writeAcutePrescription(scene: Scene, by: Organisation): void {
  const { chart, history, random } = scene
  if (!random.chance(0.08) || ageAt(chart.person, scene.from) < 12) return
  const isAllergic = history.allergies?.some((each) =>
    ['91936005', '294505008'].includes(each.coding.code),
  )
  const medicine = isAllergic ? medicines.doxycycline : medicines.amoxicillin
  const at = momentBetween(random, scene.from, chart.until)
  addCondition(chart, { by, at }, snomed('50417007', 'Lower respiratory tract infection'), {
    onset: at,
    ended: new Date(Math.min(at.getTime() + 14 * DAY_MS, chart.until.getTime())),
  })
  addMedicationRequest(chart, { by, at }, medicine)
}

function writeVisits(scene: Scene, by: Organisation): void {
  const { chart, random } = scene
  // Everybody has been seen for something.
  if (random.chance(0.15) || chart.resources.length < 3) {
    const start = momentBetween(random, scene.from, chart.until)
    const description = random.pick(['Medication review', 'New problem', 'Annual review'])
    const status = random.chance(0.9) ? 'fulfilled' : 'noshow'
    addAppointment(
      chart,
      { by, at: start },
      { service: generalPractice, start, status, description },
    )
  }
  if (chart.person.died === undefined && random.chance(0.1)) {
    const start = new Date(Math.floor(chart.asOf.getTime() / DAY_MS) * DAY_MS)
    start.setUTCDate(start.getUTCDate() + random.whole(1, 60))
    start.setUTCHours(random.whole(8, 17))
    const booked = momentBetween(random, recent(chart, scene.from, 30), chart.asOf)
    addAppointment(
      chart,
      { by, at: booked },
      {
        service: generalPractice,
        start,
        status: 'booked',
        description: 'Routine review',
      },
    )
  }
}

/** South West London hosts the Universal Care Plan: urgent care plans carry its name. */
function universalPlan(participant: string, kind: Coding): { title?: string } {
  const isUniversal = participant === 'swl' && kind.code === carePlans.treatmentEscalation.code
  return isUniversal ? { title: 'Universal Care Plan' } : {}
}
