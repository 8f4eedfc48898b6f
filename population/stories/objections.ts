import type { Chart } from '../chart.ts'
import { allergies } from '../codes/allergies.ts'
import { longTermConditions as conditions } from '../codes/conditions.ts'
import { medicines } from '../codes/medicines.ts'
import { NHS_NUMBER } from '../fhir.ts'
import { labels } from '../history/sensitive.ts'
import { addAllergy } from '../resources/allergies.ts'
import { addAppointment } from '../resources/appointments.ts'
import { addCondition } from '../resources/conditions.ts'
import { specialties } from '../resources/encounters.ts'
import { addMedicationStatement } from '../resources/medicines.ts'
import { addPatient } from '../resources/patient.ts'
import { addObjection } from '../resources/plans.ts'
import { addSocialCareEpisode } from '../resources/social-care.ts'
import { ago, ahead, by, defineStory, storyPerson } from './story.ts'

/** The objection stands: nobody sees anything. */
export const george = defineStory({
  key: 'george',
  shows: 'An objection to sharing that was upheld: the record is closed in both regions',
  person: storyPerson({
    nhsNumber: '9990000069',
    name: 'George Walker',
    gender: 'male',
    born: '1949-01-30',
    home: { line: '3 Chapel Lane', town: 'Ilford', postcode: 'IG1 2OO' },
    practice: 'F86082',
  }),
  write: {
    nel: (chart) => {
      writeBriefly(chart, 'F86082')
      addObjection(chart, by(chart, 'F86082', 200), { status: 'active' })
    },
    sel: (chart) => {
      writeBriefly(chart, 'RJ1')
      bookAtKings(chart)
    },
  },
})

/** The objection was weighed and not upheld: sharing goes on. */
export const halima = defineStory({
  key: 'halima',
  shows: 'An objection that was not upheld: the record is shared as usual',
  person: storyPerson({
    nhsNumber: '9990000077',
    name: 'Halima Warsame',
    gender: 'female',
    born: '1975-09-12',
    home: { line: '61 York Gardens', town: 'Ealing', postcode: 'W5 3KV' },
    practice: 'E85116',
    language: { code: 'so', display: 'Somali' },
  }),
  write: {
    nwl: (chart) => {
      writeBriefly(chart, 'E85116')
      addObjection(chart, by(chart, 'E85116', 150), { status: 'rejected' })
      addSocialCareEpisode(chart, by(chart, '722', 90), { text: 'Care and support at home' })
    },
  },
})

/** The objection is being looked at: sharing is restricted until it is decided. */
export const ian = defineStory({
  key: 'ian',
  shows: 'An objection under review: sharing is restricted in both regions until it is decided',
  person: storyPerson({
    nhsNumber: '9990000085',
    name: 'Ian Campbell',
    gender: 'male',
    born: '1967-12-01',
    home: { line: '19 Elm Terrace', town: 'Tooting', postcode: 'SW17 9VK' },
    practice: 'H85041',
  }),
  write: {
    swl: (chart) => {
      writeBriefly(chart, 'H85041')
      addObjection(chart, by(chart, 'H85041', 6), { status: 'proposed' })
    },
    sel: (chart) => {
      writeBriefly(chart, 'RJ2')
      bookAtKings(chart)
    },
  },
})

/** A person whose whereabouts are withheld. */
export const jasmine = defineStory({
  key: 'jasmine',
  shows: 'An S-flag: address, telephone and practice are withheld unless the role may see them',
  person: storyPerson({
    nhsNumber: '9990000093',
    name: 'Jasmine Hughes',
    gender: 'female',
    born: '1993-04-04',
    home: { line: '40 Cedar Avenue', town: 'Islington', postcode: 'N1 7OO' },
    practice: 'F83008',
  }),
  write: {
    ncl: (chart) => {
      addPatient(chart, { ...by(chart, 'F83008', 1200), labels: [labels.restricted] })
      addAllergy(chart, by(chart, 'F83008', 1100), allergies.egg)
      addCondition(chart, by(chart, 'F83008', 900), conditions.asthma.coding, {
        onset: ago(chart, 6000),
      })
    },
  },
})

const kwameNow = storyPerson({
  nhsNumber: '9990000107',
  name: 'Kwame Mensah',
  gender: 'male',
  born: '1971-08-21',
  home: { line: '7 Station Approach', town: 'Lewisham', postcode: 'SE13 6IM' },
  practice: 'G85046',
})

/** One source still holds the number that another has replaced. */
export const kwame = defineStory({
  key: 'kwame',
  shows: 'A superseded NHS number: North East London holds the old one, South East London the new',
  person: kwameNow,
  formerNhsNumber: '9990000115',
  personAt: { nel: { ...kwameNow, nhsNumber: '9990000115' } },
  write: {
    nel: (chart) => {
      const successor = { system: NHS_NUMBER, value: kwameNow.nhsNumber }
      addPatient(chart, by(chart, 'RQX', 1800), {
        link: [{ other: { identifier: successor }, type: 'replaced-by' }],
      })
      addAllergy(chart, by(chart, 'RQX', 1700), allergies.sulfonamide)
    },
    sel: (chart) => writeBriefly(chart, 'G85046'),
  },
})

function writeBriefly(chart: Chart, odsCode: string): void {
  addPatient(chart, by(chart, odsCode, 1500))
  addAllergy(chart, by(chart, odsCode, 1400), allergies.penicillinRash)
  addCondition(chart, by(chart, odsCode, 1000), conditions.hypertension.coding, {
    onset: ago(chart, 1000),
  })
  addMedicationStatement(chart, by(chart, odsCode, 40), medicines.ramipril, {
    since: ago(chart, 990),
  })
}

/** Staff at King's have something to do with the patient, and so learn of the objection. */
function bookAtKings(chart: Chart): void {
  addAppointment(chart, by(chart, 'RJZ', 15), {
    service: specialties.generalMedicine,
    start: ahead(chart, 8, 11),
    status: 'booked',
    description: 'General medicine clinic',
  })
}
