import type { Organisation } from '../../subgraphs/kit/participant.ts'
import { concept, hl7, instantOf, snomed } from '../fhir.ts'
import { ageAt } from '../people/person.ts'
import { addEncounter, specialties } from '../resources/encounters.ts'
import { addObjection } from '../resources/plans.ts'
import { momentBetween } from './history.ts'
import type { Scene } from './scene.ts'

export const labels = {
  restricted: hl7('v3-Confidentiality', 'R', 'restricted'),
  veryRestricted: hl7('v3-Confidentiality', 'V', 'very restricted'),
  hiv: hl7('v3-ActCode', 'HIV', 'HIV/AIDS information sensitivity'),
  sexuallyTransmitted: hl7(
    'v3-ActCode',
    'STD',
    'sexually transmitted disease information sensitivity',
  ),
  sexuality: hl7('v3-ActCode', 'SEX', 'sexuality and reproductive health information sensitivity'),
  gender: hl7('v3-ActCode', 'GENDER', 'gender and sexual orientation information sensitivity'),
} as const

/** Now and then, what the law keeps out of sharing: a sexual health visit and its HIV test. */
export function writeLegallyExcluded(scene: Scene, by: Organisation): void {
  const { chart, random } = scene
  const isAdult = ageAt(chart.person, scene.from) >= 18
  const isOld = ageAt(chart.person, chart.until) > 60
  if (!isAdult || isOld || !random.chance(0.03)) return
  const latest = new Date(chart.until.getTime() - 3_600_000)
  const from = momentBetween(random, scene.from, latest)
  const to = new Date(from.getTime() + 1_800_000)
  const visit = addEncounter(
    chart,
    { by, at: to },
    {
      class: 'AMB',
      service: specialties.genitourinary,
      from,
      to,
    },
  )
  const isLabelled = random.chance(0.5)
  chart.add(
    'Observation',
    { by, at: to, ...(isLabelled ? { labels: [labels.hiv] } : {}) },
    {
      identifier: [chart.identifier('laboratory-result')],
      status: 'final',
      category: [concept(hl7('observation-category', 'laboratory', 'Laboratory'))],
      code: concept(snomed('31676001', 'HIV antigen test')),
      subject: chart.subject,
      encounter: chart.refer(visit),
      effectiveDateTime: instantOf(to),
      issued: instantOf(to),
      performer: [chart.organisation(by)],
      valueCodeableConcept: concept(snomed('260385009', 'Negative')),
      specimen: { display: 'Venous blood specimen' },
    },
  )
}

/** Now and then, an objection to sharing at one of its stages. */
export function writeObjection(scene: Scene, by: Organisation): void {
  const { chart, random } = scene
  if (!random.chance(0.004)) return
  const status = random.pick(['proposed', 'active', 'rejected', 'inactive'] as const)
  addObjection(chart, { by, at: momentBetween(random, scene.from, chart.until) }, { status })
}
