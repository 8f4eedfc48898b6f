import type { Chart } from '../chart.ts'
import { allergies } from '../codes/allergies.ts'
import { longTermConditions as conditions } from '../codes/conditions.ts'
import { medicines } from '../codes/medicines.ts'
import { ODS, snomed } from '../fhir.ts'
import { addAllergy } from '../resources/allergies.ts'
import { addAppointment } from '../resources/appointments.ts'
import { addCondition } from '../resources/conditions.ts'
import { addDocument, documentTypes } from '../resources/documents.ts'
import { addEncounter, specialties } from '../resources/encounters.ts'
import { addImagingReport, imaging } from '../resources/imaging.ts'
import { addLaboratoryReport } from '../resources/laboratory.ts'
import { addMedicationRequest, addMedicationStatement } from '../resources/medicines.ts'
import { addPatient } from '../resources/patient.ts'
import { addCarePlan, addReferral } from '../resources/plans.ts'
import { addProcedure, procedures } from '../resources/procedures.ts'
import { addBloodPressure, addVitalSign } from '../resources/vital-signs.ts'
import { ago, ahead, at, by, values } from './story.ts'

/** King's, where her kidneys have been followed since she lived in Camberwell. */
export function writeAdaAtKings(chart: Chart): void {
  addPatient(chart, by(chart, 'RJZ', 1500))
  addAllergy(chart, by(chart, 'RJZ', 1450), allergies.penicillinAnaphylaxis)
  addAllergy(chart, by(chart, 'RJZ', 1450), allergies.aspirin)
  addMedicationStatement(chart, by(chart, 'RJZ', 120, 11), medicines.ramipril, {
    since: ago(chart, 1390),
  })
  addMedicationRequest(chart, by(chart, 'RJZ', 120, 11), medicines.empagliflozin)
  for (const [days, creatinine, egfr, haemoglobin] of [
    [668, 100, 57, 121],
    [302, 109, 52, 118],
    [120, 112, 50, 117],
  ] as const) {
    const taken = { by: at('RJZ'), takenAt: ago(chart, days, 9, 30) }
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'ureaElectrolytes',
      results: values({ sodium: 139, potassium: 4.9, urea: 8.4, creatinine, egfr }),
    })
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'fullBloodCount',
      results: values({
        haemoglobin,
        whiteCells: 6.4,
        neutrophils: 3.9,
        platelets: 248,
        mcv: 88.2,
      }),
    })
    writeClinic(chart, 'RJZ', days, {
      service: specialties.renal,
      condition: conditions.kidneyDisease,
      letter: `Kidney function is slowly falling: eGFR ${egfr}. Blood pressure target 130/80.`,
    })
  }
  addImagingReport(chart, by(chart, 'RJZ', 640, 14), imaging.abdomenUltrasound)
  addAppointment(chart, by(chart, 'RJZ', 120, 12), {
    service: specialties.renal,
    start: ahead(chart, 12, 14),
    status: 'booked',
    description: 'Renal clinic: follow-up',
  })
  addCarePlan(chart, by(chart, 'RJZ', 120, 12), {
    kind: snomed('734163000', 'Care plan'),
    goal: 'Keep kidney function; plan ahead before it is needed',
    activities: ['No anti-inflammatory medicines', 'Stop ramipril and metformin when vomiting'],
  })
}

/** University College London Hospitals, for her heart. */
export function writeAdaAtUclh(chart: Chart): void {
  addPatient(chart, by(chart, 'RRV', 815))
  addAllergy(chart, by(chart, 'RRV', 812), allergies.latex)
  addMedicationStatement(chart, by(chart, 'RRV', 120, 12), medicines.apixaban, {
    since: ago(chart, 805),
  })
  addMedicationStatement(chart, by(chart, 'RRV', 120, 12), medicines.bisoprolol, {
    since: ago(chart, 805),
  })
  for (const [days, tsh, hba1c] of [
    [485, 1.9, 62],
    [120, 2.1, 54],
  ] as const) {
    const taken = { by: at('RRV'), takenAt: ago(chart, days, 9, 30) }
    addLaboratoryReport(chart, { ...taken, panel: 'hba1c', results: values({ hba1c }) })
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'thyroid',
      results: values({ tsh, freeT4: 15.2 }),
    })
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'liver',
      results: values({ alt: 22, alp: 81, bilirubin: 9, albumin: 41 }),
    })
    writeClinic(chart, 'RRV', days, {
      service: specialties.cardiology,
      condition: conditions.atrialFibrillation,
      letter: 'Rate well controlled. Apixaban to go on. No bleeding.',
    })
  }
  addImagingReport(chart, by(chart, 'RRV', 800, 15), imaging.echocardiogram)
  addBloodPressure(chart, by(chart, 'RRV', 120, 10), { systolic: 138, diastolic: 82 })
  addVitalSign(chart, by(chart, 'RRV', 120, 10), 'pulse', 72)
  addProcedure(chart, by(chart, 'RRV', 790, 11), procedures.gastroscopy)
  addReferral(chart, by(chart, 'RRV', 118), {
    service: specialties.diabetes,
    reason: conditions.diabetes.coding,
    status: 'active',
    extra: {
      requester: { type: 'Organization', identifier: { system: ODS, value: 'Y02633' } },
      performer: [chart.organisation(at('RRV'))],
    },
  })
}

/** Milton Keynes, where she fell ill while staying with her daughter. */
export function writeAdaAtMiltonKeynes(chart: Chart): void {
  const pneumonia = snomed('233604007', 'Pneumonia')
  const arrived = ago(chart, 210, 2, 10)
  const admitted = ago(chart, 210, 6, 30)
  const left = ago(chart, 206, 15)
  addPatient(chart, by(chart, 'RD8', 210, 2))
  addAllergy(chart, by(chart, 'RD8', 210, 3), allergies.amoxicillin)
  const attendance = addEncounter(chart, by(chart, 'RD8', 210, 6, 30), {
    class: 'EMER',
    service: specialties.emergency,
    from: arrived,
    to: admitted,
    reason: pneumonia,
  })
  const stay = addEncounter(chart, by(chart, 'RD8', 206, 15), {
    class: 'IMP',
    service: specialties.respiratory,
    from: admitted,
    to: left,
    reason: pneumonia,
  })
  addCondition(chart, by(chart, 'RD8', 210, 6), pneumonia, {
    onset: arrived,
    ended: ago(chart, 190),
    encounter: attendance,
  })
  for (const [days, crp, whiteCells] of [
    [210, 164, 16.2],
    [207, 38, 9.8],
  ] as const) {
    const taken = { by: at('RD8'), takenAt: ago(chart, days, 3) }
    addLaboratoryReport(chart, { ...taken, panel: 'crp', results: values({ crp }) })
    addLaboratoryReport(chart, {
      ...taken,
      panel: 'fullBloodCount',
      results: values({
        haemoglobin: 116,
        whiteCells,
        neutrophils: 8.1,
        platelets: 310,
        mcv: 87.9,
      }),
    })
  }
  addImagingReport(chart, by(chart, 'RD8', 210, 4), {
    ...imaging.chestXray,
    conclusion: 'Consolidation of the right lower lobe. No effusion. Repeat in six weeks.',
  })
  addVitalSign(chart, by(chart, 'RD8', 210, 2, 20), 'temperature', 38.7)
  addVitalSign(chart, by(chart, 'RD8', 210, 2, 20), 'oxygen', 92)
  addVitalSign(chart, by(chart, 'RD8', 210, 2, 20), 'breathing', 24)
  addVitalSign(chart, by(chart, 'RD8', 210, 2, 20), 'pulse', 104)
  addVitalSign(chart, by(chart, 'RD8', 210, 2, 20), 'news2', 8)
  addMedicationRequest(chart, by(chart, 'RD8', 206, 14), medicines.doxycycline)
  addDocument(chart, by(chart, 'RD8', 206, 15), {
    type: documentTypes.dischargeSummary,
    title: 'Discharge summary: pneumonia',
    text: [
      'Milton Keynes University Hospital',
      'Community acquired pneumonia of the right lower lobe, treated with doxycycline.',
      'Penicillin was avoided. Kidney function was at its usual level.',
      'The practice is asked to repeat the chest X-ray in six weeks.',
    ].join('\n'),
    encounter: stay,
  })
  addAppointment(chart, by(chart, 'RD8', 200), {
    service: specialties.respiratory,
    start: ahead(chart, 20, 15),
    status: 'booked',
    description: 'Chest clinic: follow-up',
  })
}

function writeClinic(
  chart: Chart,
  odsCode: string,
  days: number,
  given: {
    service: (typeof specialties)[keyof typeof specialties]
    condition: (typeof conditions)[keyof typeof conditions]
    letter: string
  },
): void {
  const visit = addEncounter(chart, by(chart, odsCode, days, 10, 20), {
    class: 'AMB',
    service: given.service,
    from: ago(chart, days, 10),
    to: ago(chart, days, 10, 20),
    reason: given.condition.coding,
  })
  addDocument(chart, by(chart, odsCode, days, 12), {
    type: documentTypes.clinicLetter,
    title: `${given.service.display}: clinic letter`,
    text: given.letter,
    encounter: visit,
  })
}
