import type { Chart } from '../chart.ts'
import { allergies } from '../codes/allergies.ts'
import { longTermConditions as conditions } from '../codes/conditions.ts'
import { medicines } from '../codes/medicines.ts'
import { addAllergy, addNoKnownAllergy } from '../resources/allergies.ts'
import { addAppointment } from '../resources/appointments.ts'
import { addCondition } from '../resources/conditions.ts'
import { specialties } from '../resources/encounters.ts'
import { addLaboratoryReport } from '../resources/laboratory.ts'
import { addMedicationStatement } from '../resources/medicines.ts'
import { addPatient } from '../resources/patient.ts'
import { ago, ahead, at, by, defineStory, storyPerson, values } from './story.ts'

/** Two sources that say the same: still two entries, never a double dose. */
export const lucy = defineStory({
  key: 'lucy',
  shows: 'Two sources that agree: the same allergy and the same medicine in both',
  person: storyPerson({
    nhsNumber: '9990000174',
    name: 'Lucy Bennett',
    gender: 'female',
    born: '1986-07-28',
    home: { line: '17 Victoria Road', town: 'Westminster', postcode: 'SW1V 2KV' },
    practice: 'E87739',
  }),
  write: {
    nwl: (chart) => writePeanutAndThyroid(chart, 'E87739'),
    clch: (chart) => writePeanutAndThyroid(chart, 'RYX'),
  },
})

function writePeanutAndThyroid(chart: Chart, odsCode: string): void {
  addPatient(chart, by(chart, odsCode, 1300))
  addAllergy(chart, by(chart, odsCode, 1200), allergies.peanut)
  addCondition(chart, by(chart, odsCode, 1100), conditions.hypothyroidism.coding, {
    onset: ago(chart, 1100),
  })
  addMedicationStatement(chart, by(chart, odsCode, 45), medicines.levothyroxine, {
    since: ago(chart, 1090),
  })
}

/** Two sources that cannot both be right: the clinician sees both. */
export const mohammed = defineStory({
  key: 'mohammed',
  shows:
    'Two sources that contradict: no known allergy in one, penicillin anaphylaxis in the other',
  person: storyPerson({
    nhsNumber: '9990000182',
    name: 'Mohammed Rahman',
    gender: 'male',
    born: '1965-04-19',
    home: { line: '74 Market Place', town: 'Bromley', postcode: 'BR1 3IM' },
    practice: 'G84023',
  }),
  write: {
    sel: (chart) => {
      addPatient(chart, by(chart, 'G84023', 1500))
      addNoKnownAllergy(chart, by(chart, 'G84023', 1400))
    },
    swl: (chart) => {
      addPatient(chart, by(chart, 'RJ7', 600))
      addAllergy(chart, by(chart, 'RJ7', 590), allergies.penicillinAnaphylaxis)
      addAppointment(chart, by(chart, 'RJ7', 20), {
        service: specialties.generalMedicine,
        start: ahead(chart, 9, 11),
        status: 'booked',
        description: 'Medicines clinic',
      })
    },
  },
})

const sharedResult = {
  system: 'https://pathology.synnovis.example.nhs.uk/Id/result',
  value: '26-0441873-HBA1C',
}

/** One blood sample whose result reached two sources, and another pair that only looks alike. */
export const nadia = defineStory({
  key: 'nadia',
  shows:
    'The same laboratory result in two sources, under one identifier; and a second pair that only looks alike',
  person: storyPerson({
    nhsNumber: '9990000190',
    name: 'Nadia Hussain',
    gender: 'female',
    born: '1970-12-11',
    home: { line: '8 Hawthorn Close', town: 'Camden', postcode: 'NW1 8VK' },
    practice: 'F83061',
  }),
  write: {
    ncl: (chart) => writeSugarAndKidneys(chart, 'F83061', 'RRV'),
    nel: (chart) => writeSugarAndKidneys(chart, 'R1H', 'R1H'),
  },
})

function writeSugarAndKidneys(chart: Chart, odsCode: string, laboratory: string): void {
  addPatient(chart, by(chart, odsCode, 1000))
  addLaboratoryReport(chart, {
    by: at(laboratory),
    takenAt: ago(chart, 75, 8, 45),
    panel: 'hba1c',
    results: [{ test: 'hba1c', value: 49, identifier: sharedResult }],
  })
  addLaboratoryReport(chart, {
    by: at(laboratory),
    takenAt: ago(chart, 30, 10, 15),
    panel: 'crp',
    results: values({ crp: 7 }),
  })
}
