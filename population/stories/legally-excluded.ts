import type { Chart } from '../chart.ts'
import { longTermConditions as conditions } from '../codes/conditions.ts'
import { medicines } from '../codes/medicines.ts'
import { concept, hl7, instantOf, type Resource, snomed } from '../fhir.ts'
import { labels } from '../history/sensitive.ts'
import { addCondition } from '../resources/conditions.ts'
import { addDocument, documentTypes } from '../resources/documents.ts'
import { addEncounter, specialties, specialty } from '../resources/encounters.ts'
import { addLaboratoryReport } from '../resources/laboratory.ts'
import { addMedicationStatement } from '../resources/medicines.ts'
import { addPatient } from '../resources/patient.ts'
import { addProcedure } from '../resources/procedures.ts'
import { addBloodPressure } from '../resources/vital-signs.ts'
import { ago, at, by, defineStory, storyPerson, values } from './story.ts'

const hivTest = snomed('31676001', 'HIV antigen test')
const negative = snomed('260385009', 'Negative')
const reproductive = specialty('504', 'Community Sexual and Reproductive Health Service')

/** Excluded by service, by code, by label and by link, beside items that stay. */
export const dele = defineStory({
  key: 'dele',
  shows: 'A sexual health attendance and an HIV test that nobody may see, beside items that stay',
  person: storyPerson({
    nhsNumber: '9990000034',
    name: 'Dele Adeyemi',
    gender: 'male',
    born: '1991-07-02',
    home: { line: '5 Alder Road', town: 'Camberwell', postcode: 'SE5 8KV' },
    practice: 'G85651',
  }),
  write: { sel: writeDeleAtHome, ncl: writeDeleAtUclh },
})

function writeDeleAtHome(chart: Chart): void {
  addPatient(chart, by(chart, 'G85651', 1500))
  writeOrdinary(chart, 'G85651')
  const visit = addEncounter(chart, by(chart, 'RJZ', 90, 17), {
    class: 'AMB',
    service: specialties.genitourinary,
    from: ago(chart, 90, 16),
    to: ago(chart, 90, 17),
  })
  addCondition(
    chart,
    { ...by(chart, 'RJZ', 90, 17), labels: [labels.sexuallyTransmitted] },
    snomed('15628003', 'Gonorrhea'),
    { onset: ago(chart, 95), encounter: visit },
  )
  // Nothing of itself gives this away: it goes with the encounter on which it hangs.
  addDocument(chart, by(chart, 'RJZ', 90, 18), {
    type: documentTypes.clinicLetter,
    title: 'Clinic letter',
    text: 'Seen today, treated, to return in two weeks.',
    encounter: visit,
  })
  addHivTest(chart, 'RJZ', 90, { encounter: visit })
  addHivTest(chart, 'G85651', 400, {})
}

function writeDeleAtUclh(chart: Chart): void {
  addPatient(chart, by(chart, 'RRV', 300))
  addCondition(
    chart,
    { ...by(chart, 'RRV', 300), labels: [labels.hiv, labels.restricted] },
    snomed('86406008', 'Human immunodeficiency virus infection'),
    { onset: ago(chart, 300) },
  )
  addBloodPressure(chart, by(chart, 'RRV', 300), { systolic: 124, diastolic: 78 })
}

/** Fertility treatment and a termination: by code and by service. */
export const eleni = defineStory({
  key: 'eleni',
  shows: 'Fertility treatment and a termination of pregnancy that nobody may see',
  person: storyPerson({
    nhsNumber: '9990000042',
    name: 'Eleni Georgiou',
    gender: 'female',
    born: '1989-11-20',
    home: { line: '88 Park View', town: 'Paddington', postcode: 'W2 5IM' },
    practice: 'E87010',
  }),
  write: {
    nwl: (chart) => {
      addPatient(chart, by(chart, 'E87010', 1400))
      writeOrdinary(chart, 'E87010')
      addProcedure(chart, by(chart, 'RYJ', 500), snomed('63487001', 'Assisted fertilization'))
      addProcedure(
        chart,
        { ...by(chart, 'RQM', 900), labels: [labels.sexuality] },
        snomed('386639001', 'Termination of pregnancy'),
      )
      addEncounter(chart, by(chart, 'RQM', 905, 12), {
        class: 'AMB',
        service: reproductive,
        from: ago(chart, 905, 11),
        to: ago(chart, 905, 12),
      })
    },
  },
})

/** Gender reassignment: by code, and a letter by label alone. */
export const frances = defineStory({
  key: 'frances',
  shows: 'Gender reassignment that nobody may see: one item by its code, one by its label alone',
  person: storyPerson({
    nhsNumber: '9990000050',
    name: 'Frances Reed',
    gender: 'female',
    born: '1984-05-09',
    home: { line: '14 Church Walk', town: 'Croydon', postcode: 'CR0 6CO' },
    practice: 'H83015',
  }),
  write: {
    swl: (chart) => {
      addPatient(chart, by(chart, 'H83015', 1300))
      writeOrdinary(chart, 'H83015')
      addCondition(chart, by(chart, 'H83015', 1200), snomed('93461009', 'Gender dysphoria'), {
        onset: ago(chart, 1200),
      })
      addDocument(
        chart,
        { ...by(chart, 'RJ7', 700), labels: [labels.gender] },
        { type: documentTypes.clinicLetter, title: 'Clinic letter', text: 'Reviewed in clinic.' },
      )
      addDocument(
        chart,
        { ...by(chart, 'RJ7', 650), labels: [labels.veryRestricted] },
        { type: documentTypes.clinicLetter, title: 'Clinic letter', text: 'Reviewed in clinic.' },
      )
    },
  },
})

/** What stays: raised blood pressure, a medicine for it, ordinary results. */
function writeOrdinary(chart: Chart, practice: string): void {
  addCondition(chart, by(chart, practice, 800), conditions.hypertension.coding, {
    onset: ago(chart, 800),
  })
  addMedicationStatement(chart, by(chart, practice, 60), medicines.amlodipine, {
    since: ago(chart, 790),
  })
  addLaboratoryReport(chart, {
    by: at(practice),
    takenAt: ago(chart, 60),
    panel: 'ureaElectrolytes',
    results: values({ sodium: 140, potassium: 4.2, urea: 5, creatinine: 80, egfr: 92 }),
  })
}

function addHivTest(
  chart: Chart,
  odsCode: string,
  days: number,
  given: { encounter?: Resource },
): void {
  const recording = by(chart, odsCode, days, 17)
  chart.add('Observation', recording, {
    identifier: [chart.identifier('laboratory-result')],
    status: 'final',
    category: [concept(hl7('observation-category', 'laboratory', 'Laboratory'))],
    code: concept(hivTest),
    subject: chart.subject,
    ...(given.encounter === undefined ? {} : { encounter: chart.refer(given.encounter) }),
    effectiveDateTime: instantOf(recording.at),
    issued: instantOf(recording.at),
    performer: [chart.organisation(recording.by)],
    valueCodeableConcept: concept(negative),
    specimen: { display: 'Venous blood specimen' },
  })
}
