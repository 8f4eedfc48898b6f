import { longTermConditions as conditions } from '../codes/conditions.ts'
import { medicines } from '../codes/medicines.ts'
import { vaccines } from '../codes/vaccines.ts'
import { ODS, snomed } from '../fhir.ts'
import { addEmptyAllergyList, addNoKnownAllergy } from '../resources/allergies.ts'
import { addCondition } from '../resources/conditions.ts'
import { addDocument, documentTypes } from '../resources/documents.ts'
import { addEncounter, specialties } from '../resources/encounters.ts'
import { addImmunization } from '../resources/immunisations.ts'
import { addLaboratoryReport } from '../resources/laboratory.ts'
import { addMedicationRequest, addMedicationStatement } from '../resources/medicines.ts'
import { addPatient } from '../resources/patient.ts'
import { addCarePlan, addReferral, carePlans } from '../resources/plans.ts'
import { addProcedure, procedures } from '../resources/procedures.ts'
import { addBloodPressure, addVitalSign } from '../resources/vital-signs.ts'
import { ago, at, by, defineStory, storyPerson, values } from './story.ts'

/** Known in one region and nowhere else. */
export const bernard = defineStory({
  key: 'bernard',
  shows: 'A record in one region only: no other participant holds anything',
  person: storyPerson({
    nhsNumber: '9990000026',
    name: 'Bernard Clarke',
    gender: 'male',
    born: '1952-06-17',
    home: { line: '110 Windmill Lane', town: 'Sutton', postcode: 'SM1 4VK' },
    practice: 'H85115',
  }),
  write: {
    swl: (chart) => {
      addPatient(chart, by(chart, 'H85115', 1600))
      addNoKnownAllergy(chart, by(chart, 'H85115', 1500))
      addCondition(chart, by(chart, 'H85115', 1400), conditions.copd.coding, {
        onset: ago(chart, 1400),
      })
      addMedicationStatement(chart, by(chart, 'H85115', 50), medicines.salbutamol, {
        since: ago(chart, 1390),
      })
      addBloodPressure(chart, by(chart, 'H85115', 50), { systolic: 134, diastolic: 78 })
      addCarePlan(chart, by(chart, 'H85115', 320), {
        kind: carePlans.treatmentEscalation,
        title: 'Universal Care Plan',
        goal: 'To be treated at home first; hospital if breathing does not settle',
        activities: ['Rescue pack at home', 'Call the rapid response team before 999'],
      })
      addLaboratoryReport(chart, {
        by: at('RVR'),
        takenAt: ago(chart, 300),
        panel: 'fullBloodCount',
        results: values({
          haemoglobin: 152,
          whiteCells: 8.1,
          neutrophils: 5.2,
          platelets: 270,
          mcv: 91,
        }),
      })
    },
  },
})

/** What a contribute-only trust sends is seen like anything else. */
export const carys = defineStory({
  key: 'carys',
  shows: 'A contribute-only source: East and North Hertfordshire contributes and may not view',
  person: storyPerson({
    nhsNumber: '9990000123',
    name: 'Carys Morgan',
    gender: 'female',
    born: '1962-02-25',
    home: { line: '9 Beech Grove', town: 'Barnet', postcode: 'EN5 2CO' },
    practice: 'E83034',
  }),
  write: {
    enht: (chart) => {
      addPatient(chart, by(chart, 'RWH', 700))
      const stay = addEncounter(chart, by(chart, 'RWH', 640, 15), {
        class: 'IMP',
        service: specialties.orthopaedics,
        from: ago(chart, 643),
        to: ago(chart, 640, 15),
        reason: conditions.osteoarthritis.coding,
      })
      addProcedure(chart, by(chart, 'RWH', 643, 13), procedures.kneeReplacement, {
        encounter: chart.refer(stay),
      })
      addMedicationRequest(chart, by(chart, 'RWH', 640, 15), medicines.paracetamol)
      addDocument(chart, by(chart, 'RWH', 640, 16), {
        type: documentTypes.dischargeSummary,
        title: 'Discharge summary: total knee replacement',
        text: 'Right total knee replacement. Walking with a frame. Stitches out in two weeks.',
        encounter: stay,
      })
    },
    ncl: (chart) => {
      addPatient(chart, by(chart, 'E83034', 1500))
      addCondition(chart, by(chart, 'E83034', 1000), conditions.osteoarthritis.coding, {
        onset: ago(chart, 1000),
      })
      addMedicationStatement(chart, by(chart, 'E83034', 30), medicines.omeprazole, {
        since: ago(chart, 600),
      })
    },
  },
})

/** Nobody knows of an allergy, said by an empty list that gives its reason. */
export const oliver = defineStory({
  key: 'oliver',
  shows: 'No known allergies, said by an empty list with its reason and not by silence',
  person: storyPerson({
    nhsNumber: '9990000131',
    name: 'Oliver Fisher',
    gender: 'male',
    born: '1979-10-08',
    home: { line: '52 Queens Road', town: 'Watford', postcode: 'WD17 1KV' },
    practice: 'E82017',
  }),
  write: {
    whth: (chart) => {
      addPatient(chart, by(chart, 'RWG', 500))
      addEmptyAllergyList(chart, by(chart, 'RWG', 480))
      addBloodPressure(chart, by(chart, 'RWG', 480), { systolic: 126, diastolic: 77 })
      addEncounter(chart, by(chart, 'RWG', 25), {
        class: 'EMER',
        service: specialties.emergency,
        from: ago(chart, 25, 6),
        to: ago(chart, 25, 9),
        reason: snomed('48694002', 'Anxiety'),
      })
      addReferral(chart, by(chart, 'RWG', 25), {
        service: specialties.adultMentalHealth,
        reason: snomed('48694002', 'Anxiety'),
        status: 'active',
        extra: { performer: [{ identifier: { system: ODS, value: 'RWR' } }] },
      })
    },
  },
})

/** A record that exists and says almost nothing: silence is not "none". */
export const piotr = defineStory({
  key: 'piotr',
  shows: 'Nothing recorded in most sections: only demographics and one attendance',
  person: storyPerson({
    nhsNumber: '9990000158',
    name: 'Piotr Nowak',
    gender: 'male',
    born: '1996-03-03',
    home: { line: '23 Laburnum Court', town: 'Harlow', postcode: 'CM20 1IM' },
    practice: 'F81078',
    language: { code: 'pl', display: 'Polish' },
  }),
  write: {
    paht: (chart) => {
      addPatient(chart, by(chart, 'RQW', 100))
      addEncounter(chart, by(chart, 'RQW', 100, 13), {
        class: 'EMER',
        service: specialties.emergency,
        from: ago(chart, 100, 11),
        to: ago(chart, 100, 13),
        reason: snomed('44465007', 'Sprain of ankle'),
      })
    },
  },
})

/** A child of six with asthma. */
export const samuel = defineStory({
  key: 'samuel',
  shows: 'A child: immunisations, asthma, growth and a mother as next of kin',
  person: {
    ...storyPerson({
      nhsNumber: '9990000166',
      name: 'Samuel Campbell',
      gender: 'male',
      born: '2019-05-15',
      home: { line: '31 Gladstone Road', town: 'Croydon', postcode: 'CR0 1OO' },
      practice: 'H83018',
    }),
    prefix: 'Master',
    nextOfKin: { name: 'Naomi Campbell-Grant', relationship: 'MTH', phone: '07700 900998' },
  },
  write: {
    swl: (chart) => {
      const practice = at('H83018')
      addPatient(chart, { by: practice, at: new Date('2019-05-20T09:00:00Z') })
      addImmunization(chart, onDay('2019-07-10'), vaccines.sixInOneFirst)
      addImmunization(chart, onDay('2019-07-10'), vaccines.menB)
      addImmunization(chart, onDay('2019-08-07'), vaccines.sixInOneSecond)
      addImmunization(chart, onDay('2019-09-04'), vaccines.sixInOneThird)
      addImmunization(chart, onDay('2020-05-20'), vaccines.mmr)
      addCondition(chart, onDay('2023-11-02'), conditions.asthma.coding, {
        onset: new Date('2023-11-02T00:00:00Z'),
      })
      addMedicationStatement(chart, onDay('2024-03-01'), medicines.salbutamol, {
        since: new Date('2023-11-02T00:00:00Z'),
      })
      addVitalSign(chart, onDay('2024-03-01'), 'height', 109)
      addVitalSign(chart, onDay('2024-03-01'), 'weight', 18.6)
    },
  },
})

function onDay(day: string) {
  return { by: at('H83018'), at: new Date(`${day}T10:00:00Z`) }
}
