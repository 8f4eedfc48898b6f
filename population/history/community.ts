import type { Organisation } from '../../subgraphs/kit/participant.ts'
import type { Recording } from '../chart.ts'
import { snomed } from '../fhir.ts'
import { ageAt } from '../people/person.ts'
import { addAppointment } from '../resources/appointments.ts'
import { addDocument, documentTypes } from '../resources/documents.ts'
import { addEncounter, specialties, specialty } from '../resources/encounters.ts'
import { addCarePlan, addFlag, addReferral, carePlans, flags } from '../resources/plans.ts'
import { addProcedure, procedures } from '../resources/procedures.ts'
import {
  addDeviceRequest,
  addLegalStatus,
  addMentalHealthEpisode,
  addSocialCareEpisode,
  addTask,
  equipment,
  legalStatus,
} from '../resources/social-care.ts'
import { addVitalSign } from '../resources/vital-signs.ts'
import { momentBetween } from './history.ts'
import { recent, type Scene } from './scene.ts'

const DAY_MS = 86_400_000
const districtNursing = specialty('N06', 'District Nursing Service')

/** A community trust's part: visits at home, wound care, a plan, what to look out for. */
export function writeCommunity(scene: Scene, by: Organisation): void {
  const { chart, random } = scene
  const referred = momentBetween(random, recent(chart, scene.from, 400), chart.until)
  addReferral(
    chart,
    { by, at: referred },
    {
      service: districtNursing,
      reason: snomed('225358003', 'Wound care'),
      status: 'completed',
    },
  )
  writeHomeVisits(scene, by, referred)
  const at = momentBetween(random, referred, chart.until)
  if (ageAt(chart.person, chart.until) >= 65) writeUrgentPlan(scene, { by, at })
  addDocument(
    chart,
    { by, at },
    {
      type: documentTypes.clinicLetter,
      title: 'Community nursing: letter to the practice',
      text: `${by.name}\nThe wound is healing. Dressings go on twice a week.`,
    },
  )
  if (chart.person.died === undefined && random.chance(0.5)) {
    const start = new Date(chart.asOf.getTime() + random.whole(1, 14) * DAY_MS)
    addAppointment(
      chart,
      { by, at },
      {
        service: districtNursing,
        start,
        status: 'booked',
        description: 'Home visit',
      },
    )
  }
}

function writeHomeVisits(scene: Scene, by: Organisation, referred: Date): void {
  const { chart, random } = scene
  const visits = random.whole(1, 4)
  for (let visit = 0; visit < visits; visit++) {
    const latest = new Date(Math.max(referred.getTime(), chart.until.getTime() - DAY_MS))
    const from = momentBetween(random, referred, latest)
    const to = new Date(Math.min(from.getTime() + 30 * 60_000, chart.until.getTime()))
    addEncounter(chart, { by, at: to }, { class: 'AMB', service: districtNursing, from, to })
    addProcedure(chart, { by, at: to }, procedures.dressing)
    if (visit === 0) addVitalSign(chart, { by, at: to }, 'pulse', random.whole(62, 92))
  }
}

function writeUrgentPlan(scene: Scene, recording: Recording): void {
  addFlag(scene.chart, recording, flags.falls)
  addCarePlan(scene.chart, recording, {
    kind: carePlans.treatmentEscalation,
    goal: 'To be looked after at home wherever that is safe',
    activities: ['District nurse twice a week', 'Call the rapid response team before 999'],
  })
}

/** A council's part: support at home, an assessment, equipment. */
export function writeSocialCare(scene: Scene, council: Organisation): void {
  const { chart, random } = scene
  const at = momentBetween(random, recent(chart, scene.from, 700), chart.until)
  const recording = { by: council, at }
  addSocialCareEpisode(chart, recording, { text: 'Care and support at home' })
  addTask(chart, recording, {
    status: random.chance(0.7) ? 'completed' : 'in-progress',
    description: 'Care Act assessment of needs',
  })
  if (random.chance(0.6)) {
    addDeviceRequest(chart, recording, random.pick(Object.values(equipment)))
  }
}

/** A mental health trust's part: the episode, a plan for a crisis, at times a legal status. */
export function writeMentalHealth(scene: Scene, trust: Organisation): void {
  const { chart, random } = scene
  const at = momentBetween(random, recent(chart, scene.from, 700), chart.until)
  const recording = { by: trust, at }
  const isOld = ageAt(chart.person, chart.until) >= 65
  const service = isOld ? specialties.oldAgePsychiatry : specialties.adultMentalHealth
  addMentalHealthEpisode(chart, recording, { service, text: 'Community mental health team' })
  if (random.chance(0.5)) {
    addDocument(chart, recording, {
      type: documentTypes.crisisPlan,
      title: 'Crisis plan',
      text: 'Early signs: not sleeping, withdrawing. Call the crisis line. A sister may be told.',
    })
  }
  if (random.chance(0.2)) {
    const status = random.pick([
      legalStatus('01', 'Informal'),
      legalStatus('02', 'Formally detained under Mental Health Act Section 2'),
      legalStatus('03', 'Formally detained under Mental Health Act Section 3'),
    ])
    addLegalStatus(chart, recording, status)
  }
}
