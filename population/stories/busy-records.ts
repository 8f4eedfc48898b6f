import type { Chart } from '../chart.ts'
import { allergies } from '../codes/allergies.ts'
import { longTermConditions as conditions } from '../codes/conditions.ts'
import { medicines } from '../codes/medicines.ts'
import { snomed } from '../fhir.ts'
import { addAllergy } from '../resources/allergies.ts'
import { addCondition } from '../resources/conditions.ts'
import { addDocument, documentTypes } from '../resources/documents.ts'
import { addEncounter, specialties } from '../resources/encounters.ts'
import { addLaboratoryReport } from '../resources/laboratory.ts'
import { addMedicationRequest, addMedicationStatement } from '../resources/medicines.ts'
import { addPatient } from '../resources/patient.ts'
import { addCarePlan, carePlans } from '../resources/plans.ts'
import { addLegalStatus, addMentalHealthEpisode, legalStatus } from '../resources/social-care.ts'
import { addVitalSign } from '../resources/vital-signs.ts'
import { ago, at, by, defineStory, storyPerson, values } from './story.ts'

/** In the emergency department at Camberwell, now. */
export const rosa = defineStory({
  key: 'rosa',
  shows:
    "An open emergency attendance at King's in Camberwell, of a patient from North West London",
  person: storyPerson({
    nhsNumber: '9990000204',
    name: 'Rosa Francis',
    gender: 'female',
    born: '1955-08-30',
    home: { line: '66 Albert Street', town: 'Harrow', postcode: 'HA1 4KV' },
    practice: 'E84057',
  }),
  write: {
    nwl: (chart) => {
      addPatient(chart, by(chart, 'E84057', 1700))
      addAllergy(chart, by(chart, 'E84057', 1600), allergies.sulfonamide)
      addCondition(chart, by(chart, 'E84057', 900), conditions.atrialFibrillation.coding, {
        onset: ago(chart, 900),
      })
      addMedicationStatement(chart, by(chart, 'E84057', 20), medicines.apixaban, {
        since: ago(chart, 890),
      })
    },
    sel: writeRosaAtKings,
  },
})

function writeRosaAtKings(chart: Chart): void {
  const kings = at('RJZ')
  const arrived = new Date(chart.asOf.getTime() - 70 * 60_000)
  const seen = new Date(chart.asOf.getTime() - 55 * 60_000)
  addPatient(chart, { by: kings, at: arrived })
  addEncounter(
    chart,
    { by: kings, at: arrived },
    {
      class: 'EMER',
      service: specialties.emergency,
      from: arrived,
      reason: snomed('82271004', 'Injury of head'),
    },
  )
  addVitalSign(chart, { by: kings, at: seen }, 'pulse', 96)
  addVitalSign(chart, { by: kings, at: seen }, 'oxygen', 97)
  addVitalSign(chart, { by: kings, at: seen }, 'news2', 3)
}

/** Under a mental health trust, with a legal status and a plan for a crisis. */
export const segun = defineStory({
  key: 'segun',
  shows: 'Mental health: an episode, a past detention, an informal stay, a crisis plan',
  person: storyPerson({
    nhsNumber: '9990000212',
    name: 'Segun Balogun',
    gender: 'male',
    born: '1988-02-06',
    home: { line: '44 Nightingale Road', town: 'Camberwell', postcode: 'SE5 0CO' },
    practice: 'G85031',
  }),
  write: {
    sel: (chart) => {
      addPatient(chart, by(chart, 'G85031', 1500))
      addCondition(chart, by(chart, 'RV5', 1200), conditions.schizophrenia.coding, {
        onset: ago(chart, 1200),
      })
      addMentalHealthEpisode(chart, by(chart, 'RV5', 1190), {
        service: specialties.adultMentalHealth,
        text: 'Early intervention team',
      })
      addLegalStatus(
        chart,
        by(chart, 'RV5', 1180),
        legalStatus('02', 'Formally detained under Mental Health Act Section 2'),
      )
      addLegalStatus(chart, by(chart, 'RV5', 1150), legalStatus('01', 'Informal'))
      addDocument(chart, by(chart, 'RV5', 200), {
        type: documentTypes.crisisPlan,
        title: 'Crisis plan',
        text: 'Early signs: sleepless nights, the radio stays off. Call Yvonne, then the team.',
      })
      addCarePlan(chart, by(chart, 'RV5', 200), {
        kind: carePlans.mentalHealth,
        goal: 'Stay well and back to work',
        activities: ['Monthly visit by the care coordinator', 'Bloods and weight twice a year'],
      })
      addMedicationRequest(chart, by(chart, 'G85031', 25), medicines.olanzapine)
      addEncounter(chart, by(chart, '8HE12', 2, 21), {
        class: 'AMB',
        service: specialties.emergency,
        from: ago(chart, 2, 20, 40),
        to: ago(chart, 2, 21),
        reason: snomed('193462001', 'Insomnia'),
      })
    },
  },
})

/** Years of monitoring: more results than fit on any page. */
export const thomas = defineStory({
  key: 'thomas',
  shows: 'More than 300 laboratory results, so that paging matters',
  person: storyPerson({
    nhsNumber: '9990000220',
    name: 'Thomas Reid',
    gender: 'male',
    born: '1946-11-16',
    home: { line: '12 Cedar Avenue', town: 'Hillingdon', postcode: 'UB8 2OO' },
    practice: 'E86038',
  }),
  write: {
    nwl: (chart) => {
      addPatient(chart, by(chart, 'E86038', 2400))
      addCondition(chart, by(chart, 'E86038', 2300), conditions.kidneyDisease.coding, {
        onset: ago(chart, 2300),
      })
      writeMonthly(chart, { odsCode: 'RAS', months: 32, offset: 10 })
    },
    whth: (chart) => {
      addPatient(chart, by(chart, 'RWG', 900))
      writeMonthly(chart, { odsCode: 'RWG', months: 4, offset: 25 })
    },
  },
})

/** Kidney function and blood count every month, falling a little each time. */
function writeMonthly(
  chart: Chart,
  given: { odsCode: string; months: number; offset: number },
): void {
  for (let month = given.months - 1; month >= 0; month--) {
    const taken = { by: at(given.odsCode), takenAt: ago(chart, given.offset + month * 30, 8, 30) }
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'ureaElectrolytes',
      results: values({
        sodium: 138 + (month % 4),
        potassium: 4.6 + (month % 5) / 10,
        urea: 12 - month / 10,
        creatinine: 150 - month,
        egfr: 38 + month / 3,
      }),
    })
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'fullBloodCount',
      results: values({
        haemoglobin: 108 + (month % 9),
        whiteCells: 6.1 + (month % 7) / 5,
        neutrophils: 4 + (month % 6) / 5,
        platelets: 212 + (month % 11) * 3,
        mcv: 89 + (month % 3),
      }),
    })
  }
}
