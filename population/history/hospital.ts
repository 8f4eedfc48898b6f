import type { Organisation } from '../../subgraphs/kit/participant.ts'
import { type Emergency, emergencies } from '../codes/emergencies.ts'
import { panels } from '../codes/laboratory.ts'
import { dateOf, type Resource } from '../fhir.ts'
import { ageAt } from '../people/person.ts'
import { addAppointment } from '../resources/appointments.ts'
import { addCondition } from '../resources/conditions.ts'
import { addDocument, documentTypes } from '../resources/documents.ts'
import { addEncounter, specialties } from '../resources/encounters.ts'
import { addImagingReport } from '../resources/imaging.ts'
import { addLaboratoryReport } from '../resources/laboratory.ts'
import { addProcedure } from '../resources/procedures.ts'
import { addBloodPressure, addVitalSign } from '../resources/vital-signs.ts'
import { type Illness, momentBetween, resultsOf } from './history.ts'
import type { Scene } from './scene.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** An emergency attendance and, where it comes to that, the admission that follows. */
export function writeEmergency(scene: Scene, by: Organisation): void {
  const { chart, history, random } = scene
  const latest = new Date(chart.until.getTime() - 16 * DAY_MS)
  if (latest < scene.from) return
  const from = momentBetween(random, scene.from, latest)
  const age = ageAt(chart.person, from)
  const emergency = random.pick(emergencies.filter((each) => each.minAge <= age))
  const to = new Date(from.getTime() + random.whole(1, 6) * HOUR_MS)
  const recording = { by, at: to }
  const attendance = addEncounter(chart, recording, {
    class: 'EMER',
    service: specialties.emergency,
    from,
    to,
    reason: emergency.coding,
  })
  const ended = new Date(to.getTime() + 10 * DAY_MS)
  addCondition(chart, recording, emergency.coding, { onset: from, ended, encounter: attendance })
  const shifts = [emergency.results, ...history.conditions.map((each) => each.condition.results)]
  const takenAt = new Date(from.getTime() + 0.5 * HOUR_MS)
  const isAdmitted = random.chance(emergency.admits)
  for (const panel of isAdmitted || random.chance(0.3)
    ? emergency.panels.slice(0, isAdmitted ? 2 : 1)
    : []) {
    const results = resultsOf(random, panels[panel].tests, shifts)
    addLaboratoryReport(chart, { by, takenAt, panel, results })
  }
  if (emergency.imaging !== undefined) {
    addImagingReport(chart, { by, at: takenAt }, emergency.imaging)
  }
  if (age >= 16 && random.chance(isAdmitted ? 0.3 : 0.02)) writeTriage(scene, by, from)
  if (isAdmitted) writeAdmission(scene, by, { emergency, from: to })
}

function writeTriage(scene: Scene, by: Organisation, at: Date): void {
  const { chart, random } = scene
  addBloodPressure(
    chart,
    { by, at },
    {
      systolic: Math.round(random.around(132, 12)),
      diastolic: Math.round(random.around(79, 7)),
    },
  )
  addVitalSign(chart, { by, at }, 'pulse', Math.round(random.around(88, 12)))
  addVitalSign(chart, { by, at }, 'temperature', Math.round(random.around(37.2, 0.5) * 10) / 10)
  addVitalSign(chart, { by, at }, 'oxygen', Math.min(100, Math.round(random.around(96.5, 1.2))))
  addVitalSign(chart, { by, at }, 'breathing', Math.round(random.around(17, 2)))
  addVitalSign(chart, { by, at }, 'news2', random.whole(0, 4))
}

function writeAdmission(
  scene: Scene,
  by: Organisation,
  given: { emergency: Emergency; from: Date },
): void {
  const { chart, random } = scene
  const { emergency, from } = given
  const to = new Date(from.getTime() + random.whole(1, 12) * DAY_MS)
  const stay = addEncounter(
    chart,
    { by, at: to },
    {
      class: 'IMP',
      service: emergency.service,
      from,
      to,
      reason: emergency.coding,
    },
  )
  if (emergency.procedure !== undefined) {
    const at = new Date(from.getTime() + 14 * HOUR_MS)
    addProcedure(chart, { by, at }, emergency.procedure, { encounter: chart.refer(stay) })
  }
  writeDischargeSummary(scene, by, { stay, emergency, from, to })
}

function writeDischargeSummary(
  scene: Scene,
  by: Organisation,
  given: { stay: Resource; emergency: Emergency; from: Date; to: Date },
): void {
  const diagnosis = given.emergency.coding.display
  addDocument(
    scene.chart,
    { by, at: given.to },
    {
      type: documentTypes.dischargeSummary,
      title: `Discharge summary: ${diagnosis}`,
      text: [
        by.name,
        `Admitted ${dateOf(given.from)}, discharged ${dateOf(given.to)}.`,
        `Diagnosis: ${diagnosis}.`,
        'Treated on the ward and recovered well. No change to regular medicines.',
        'The practice is asked to review in two weeks.',
      ].join('\n'),
      encounter: given.stay,
    },
  )
}

/** A clinic visit for one of the person's illnesses, with its letter. */
export function writeClinic(scene: Scene, by: Organisation, illness: Illness): void {
  const { chart, history, random } = scene
  const { condition } = illness
  const service = condition.clinic ?? specialties.generalMedicine
  const earliest = new Date(Math.max(illness.onset.getTime(), scene.from.getTime()))
  const from = momentBetween(random, earliest, new Date(chart.until.getTime() - DAY_MS))
  if (from < earliest || from > chart.until) return
  const to = new Date(from.getTime() + 20 * 60_000)
  const recording = { by, at: to }
  const visit = addEncounter(chart, recording, {
    class: 'AMB',
    service,
    from,
    to,
    reason: condition.coding,
  })
  addCondition(chart, recording, condition.coding, { onset: illness.onset, encounter: visit })
  const panel = condition.panels[0]
  if (panel !== undefined && random.chance(0.2)) {
    const shifts = history.conditions.map((each) => each.condition.results)
    const results = resultsOf(random, panels[panel].tests, shifts)
    addLaboratoryReport(chart, { by, takenAt: from, panel, results })
  }
  if (condition.imaging !== undefined && random.chance(0.3)) {
    addImagingReport(chart, recording, condition.imaging)
  }
  addDocument(chart, recording, {
    type: documentTypes.clinicLetter,
    title: `${service.display}: clinic letter`,
    text: [
      by.name,
      `Seen in clinic on ${dateOf(from)} with ${condition.coding.display}.`,
      'Stable on present treatment. We have arranged to see them again in six months.',
    ].join('\n'),
    encounter: visit,
  })
  writeNextAppointment(scene, by, service)
}

function writeNextAppointment(
  scene: Scene,
  by: Organisation,
  service: Illness['condition']['coding'],
) {
  const { chart, random } = scene
  if (chart.person.died !== undefined || !random.chance(0.25)) return
  const start = new Date(Math.floor(chart.asOf.getTime() / DAY_MS) * DAY_MS)
  start.setUTCDate(start.getUTCDate() + random.whole(3, 150))
  start.setUTCHours(random.whole(9, 16))
  const at = new Date(chart.asOf.getTime() - DAY_MS)
  const description = `${service.display}: follow-up`
  addAppointment(chart, { by, at }, { service, start, status: 'booked', description })
}
