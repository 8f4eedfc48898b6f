import type { Chart } from '../chart.ts'
import { allergies } from '../codes/allergies.ts'
import { longTermConditions as conditions } from '../codes/conditions.ts'
import { medicines } from '../codes/medicines.ts'
import { vaccines } from '../codes/vaccines.ts'
import { snomed } from '../fhir.ts'
import { addAllergy } from '../resources/allergies.ts'
import { addAppointment } from '../resources/appointments.ts'
import { addCondition } from '../resources/conditions.ts'
import { addDocument, documentTypes } from '../resources/documents.ts'
import { addEncounter, specialties } from '../resources/encounters.ts'
import { addImmunization } from '../resources/immunisations.ts'
import { addLaboratoryReport } from '../resources/laboratory.ts'
import { addMedicationRequest, addMedicationStatement } from '../resources/medicines.ts'
import { addPatient } from '../resources/patient.ts'
import { addCarePlan, addFlag, addReferral, carePlans, flags } from '../resources/plans.ts'
import { addProcedure, procedures } from '../resources/procedures.ts'
import {
  addDeviceRequest,
  addMentalHealthEpisode,
  addSocialCareEpisode,
  addTask,
  equipment,
} from '../resources/social-care.ts'
import { addBloodPressure, addVitalSign } from '../resources/vital-signs.ts'
import { writeAdaAtKings, writeAdaAtMiltonKeynes, writeAdaAtUclh } from './ada-in-hospital.ts'
import { ago, ahead, at, by, defineStory, storyPerson, values } from './story.ts'

const PRACTICE = 'Y02633'

export const ada = defineStory({
  key: 'ada',
  shows:
    'A long, coherent history over three regions and a trust outside London, with an entry in every section',
  person: storyPerson({
    nhsNumber: '9990000018',
    name: 'Ada Okafor',
    gender: 'female',
    born: '1958-03-14',
    home: { line: '27 Jubilee Way', town: 'Bow', postcode: 'E3 4OO' },
    practice: PRACTICE,
    language: { code: 'ig', display: 'Igbo' },
  }),
  write: {
    nel: writeAdaAtHome,
    sel: writeAdaAtKings,
    ncl: writeAdaAtUclh,
    mkuh: writeAdaAtMiltonKeynes,
  },
})

/** Her practice in Bow, East London's mental health trust and Tower Hamlets council. */
function writeAdaAtHome(chart: Chart): void {
  addPatient(chart, by(chart, PRACTICE, 1700))
  addAllergy(chart, by(chart, PRACTICE, 1690), allergies.penicillinAnaphylaxis)
  writeProblems(chart)
  writeRepeatMedicines(chart)
  writeSixMonthlyBloods(chart)
  writeVaccines(chart)
  writeSurgeryVisits(chart)
  writeCommunitySupport(chart)
}

function writeProblems(chart: Chart): void {
  const onsets = [
    [conditions.diabetes.coding, 5900],
    [conditions.hypertension.coding, 5200],
    [conditions.kidneyDisease.coding, 1400],
    [conditions.osteoarthritis.coding, 1100],
    [conditions.atrialFibrillation.coding, 820],
  ] as const
  for (const [coding, days] of onsets) {
    addCondition(chart, by(chart, PRACTICE, Math.min(days, 1690)), coding, {
      onset: ago(chart, days),
    })
  }
  addCondition(chart, by(chart, PRACTICE, 1200), conditions.depression.coding, {
    onset: ago(chart, 1200),
    ended: ago(chart, 500),
  })
}

function writeRepeatMedicines(chart: Chart): void {
  const repeats = [
    [medicines.metformin, 5890],
    [medicines.amlodipine, 5190],
    [medicines.atorvastatin, 5100],
    [medicines.ramipril, 1390],
  ] as const
  for (const [medicine, days] of repeats) {
    addMedicationStatement(chart, by(chart, PRACTICE, 34), medicine, { since: ago(chart, days) })
  }
  addMedicationStatement(chart, by(chart, PRACTICE, 500), medicines.sertraline, {
    since: ago(chart, 1200),
    until: ago(chart, 500),
  })
  addMedicationRequest(chart, by(chart, PRACTICE, 34), medicines.paracetamol)
}

/** Five half-yearly checks: sugar comes down, the kidneys slowly lose ground. */
function writeSixMonthlyBloods(chart: Chart): void {
  const checks = [
    { days: 850, hba1c: 71, creatinine: 98, egfr: 58, acr: 3.1, cholesterol: 5.6 },
    { days: 668, hba1c: 66, creatinine: 101, egfr: 56, acr: 3.8, cholesterol: 5.1 },
    { days: 485, hba1c: 61, creatinine: 104, egfr: 54, acr: 4.4, cholesterol: 4.7 },
    { days: 302, hba1c: 57, creatinine: 108, egfr: 52, acr: 5.2, cholesterol: 4.3 },
    { days: 120, hba1c: 54, creatinine: 112, egfr: 50, acr: 5.9, cholesterol: 4.1 },
  ]
  for (const check of checks) {
    const taken = { by: at(PRACTICE), takenAt: ago(chart, check.days, 9, 30) }
    const { hba1c, creatinine, egfr, acr, cholesterol } = check
    addLaboratoryReport(chart, { ...taken, panel: 'hba1c', results: values({ hba1c }) })
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'ureaElectrolytes',
      results: values({ sodium: 140, potassium: 4.7, urea: 8.1, creatinine, egfr }),
    })
    addLaboratoryReport(chart, { ...taken, panel: 'albuminCreatinine', results: values({ acr }) })
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'lipids',
      results: values({ cholesterol, hdl: 1.3, triglycerides: 1.6 }),
    })
  }
}

function writeVaccines(chart: Chart): void {
  addImmunization(chart, by(chart, PRACTICE, 1600, 11), vaccines.pneumococcal)
  addImmunization(chart, by(chart, PRACTICE, 400, 10, 15), vaccines.influenza)
  addImmunization(chart, by(chart, PRACTICE, 400, 10, 20), vaccines.covidBooster)
  addImmunization(chart, by(chart, PRACTICE, 38, 10, 40), vaccines.influenza)
}

function writeSurgeryVisits(chart: Chart): void {
  for (const [days, systolic, diastolic] of [
    [668, 152, 88],
    [302, 144, 84],
    [34, 136, 80],
  ] as const) {
    addBloodPressure(chart, by(chart, PRACTICE, days, 10), { systolic, diastolic })
  }
  addVitalSign(chart, by(chart, PRACTICE, 34, 10), 'weight', 78.4)
  addVitalSign(chart, by(chart, PRACTICE, 34, 10), 'height', 164)
  addProcedure(chart, by(chart, PRACTICE, 210, 14), procedures.retinalScreening)
  const description = 'Diabetes review'
  const service = specialties.diabetes
  const past = ago(chart, 34, 10)
  addAppointment(chart, by(chart, PRACTICE, 60), {
    service,
    start: past,
    status: 'fulfilled',
    description,
  })
  addAppointment(chart, by(chart, PRACTICE, 34, 11), {
    service,
    start: ahead(chart, 61, 9, 40),
    status: 'booked',
    description,
  })
  addReferral(chart, by(chart, PRACTICE, 830), {
    service: specialties.cardiology,
    reason: conditions.atrialFibrillation.coding,
    status: 'completed',
  })
  addCarePlan(chart, by(chart, PRACTICE, 34, 11), {
    kind: carePlans.diabetes,
    goal: 'HbA1c below 53 mmol/mol without low sugars',
    activities: [
      'Walk for half an hour a day',
      'Feet checked each year',
      'Eyes screened each year',
    ],
  })
}

function writeCommunitySupport(chart: Chart): void {
  const surgery = by(chart, PRACTICE, 1100)
  addEncounter(chart, surgery, {
    class: 'AMB',
    service: specialties.generalMedicine,
    from: surgery.at,
    to: ago(chart, 1100, 9, 20),
    reason: snomed('161898004', 'Falls'),
  })
  addFlag(chart, surgery, flags.falls)
  addMentalHealthEpisode(chart, by(chart, 'RWK', 1180), {
    service: specialties.adultMentalHealth,
    text: 'Talking therapies',
    until: ago(chart, 700),
  })
  addDocument(chart, by(chart, 'RWK', 1170), {
    type: documentTypes.crisisPlan,
    title: 'Crisis plan',
    text: 'If low mood returns: talk to Chidi, then the practice, then the crisis line at any hour.',
  })
  addSocialCareEpisode(chart, by(chart, '711', 360), { text: 'Reablement at home' })
  addTask(chart, by(chart, '711', 358), {
    status: 'completed',
    description: 'Care Act assessment of needs',
  })
  addDeviceRequest(chart, by(chart, '711', 350), equipment.walkingStick)
}
