import type { Chart } from '../chart.ts'
import { allergies, strawberry } from '../codes/allergies.ts'
import { longTermConditions as conditions } from '../codes/conditions.ts'
import { snomed } from '../fhir.ts'
import { addAllergy } from '../resources/allergies.ts'
import { addCondition } from '../resources/conditions.ts'
import { addEncounter, specialties } from '../resources/encounters.ts'
import { addPatient } from '../resources/patient.ts'
import { ago, by, defineStory, storyPerson } from './story.ts'

const PRACTICE = 'F84656'

/** Two hospitals of one region, each with a system that counts by itself: both have a number 7. */
export const uma = defineStory({
  key: 'uma',
  shows:
    'Two hospital systems of one region that number alike: AllergyIntolerance/7 is penicillin at Barts, strawberry at Homerton',
  person: storyPerson({
    nhsNumber: '9990000239',
    name: 'Uma Desai',
    gender: 'female',
    born: '1983-05-09',
    home: { line: '64 Garnet Street', town: 'Newham', postcode: 'E16 1VK' },
    practice: PRACTICE,
  }),
  write: {
    nel: (chart) => {
      addPatient(chart, by(chart, PRACTICE, 1400))
      addCondition(chart, by(chart, PRACTICE, 1300), conditions.hypertension.coding, {
        onset: ago(chart, 1300),
      })
      writeAttendance(chart, 'R1H', 420)
      addAllergy(chart, by(chart, 'R1H', 419), allergies.penicillinAnaphylaxis, { id: '7' })
      writeAttendance(chart, 'RQX', 130)
      addAllergy(chart, by(chart, 'RQX', 129), strawberry, { id: '7' })
    },
  },
})

function writeAttendance(chart: Chart, odsCode: string, days: number): void {
  addEncounter(chart, by(chart, odsCode, days, 15), {
    class: 'EMER',
    service: specialties.emergency,
    from: ago(chart, days, 12),
    to: ago(chart, days, 15),
    reason: snomed('39579001', 'Anaphylaxis'),
  })
}
