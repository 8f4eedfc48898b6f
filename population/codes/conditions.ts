import { type Coding, snomed } from '../fhir.ts'
import { specialties } from '../resources/encounters.ts'
import { type ImagingKind, imaging } from '../resources/imaging.ts'
import { carePlans } from '../resources/plans.ts'
import { procedures } from '../resources/procedures.ts'
import type { PanelKey, TestKey } from './laboratory.ts'
import type { MedicineKey } from './medicines.ts'

/** A long-term condition and the care that comes with it. */
export interface LongTermCondition {
  readonly coding: Coding
  /** Whom it meets: from which age on, in which share, and only one sex where that is so. */
  readonly fromAge: number
  readonly toAge?: number
  readonly share: number
  readonly sex?: 'female' | 'male'
  readonly medicines: readonly MedicineKey[]
  readonly panels: readonly PanelKey[]
  /** Where its results lie, as mean and deviation. */
  readonly results?: Partial<Record<TestKey, readonly [number, number]>>
  readonly clinic?: Coding
  readonly plan?: Coding
  readonly procedure?: Coding
  readonly imaging?: ImagingKind
}

export const longTermConditions = {
  diabetes: {
    coding: snomed('44054006', 'Type 2 diabetes mellitus'),
    fromAge: 35,
    share: 0.16,
    medicines: ['metformin', 'atorvastatin'],
    panels: ['hba1c', 'ureaElectrolytes', 'lipids', 'albuminCreatinine'],
    results: { hba1c: [57, 7], acr: [4, 1.6] },
    clinic: specialties.diabetes,
    plan: carePlans.diabetes,
    procedure: procedures.retinalScreening,
  },
  hypertension: {
    coding: snomed('59621000', 'Essential hypertension'),
    fromAge: 40,
    share: 0.32,
    medicines: ['amlodipine', 'ramipril'],
    panels: ['ureaElectrolytes', 'lipids'],
  },
  asthma: {
    coding: snomed('195967001', 'Asthma'),
    fromAge: 6,
    share: 0.1,
    medicines: ['salbutamol', 'beclometasone'],
    panels: [],
    procedure: procedures.spirometry,
  },
  copd: {
    coding: snomed('13645005', 'Chronic obstructive lung disease'),
    fromAge: 55,
    share: 0.09,
    medicines: ['salbutamol'],
    panels: ['fullBloodCount'],
    results: { haemoglobin: [150, 8] },
    clinic: specialties.respiratory,
    procedure: procedures.spirometry,
    imaging: imaging.chestXray,
  },
  kidneyDisease: {
    coding: snomed('700378005', 'Chronic kidney disease stage 3A'),
    fromAge: 60,
    share: 0.14,
    medicines: ['losartan'],
    panels: ['ureaElectrolytes', 'albuminCreatinine', 'fullBloodCount'],
    results: { egfr: [51, 3], creatinine: [118, 9], urea: [9, 1.2], acr: [9, 3] },
    clinic: specialties.renal,
  },
  heartFailure: {
    coding: snomed('84114007', 'Heart failure'),
    fromAge: 65,
    share: 0.08,
    medicines: ['furosemide', 'bisoprolol', 'spironolactone'],
    panels: ['ureaElectrolytes'],
    clinic: specialties.cardiology,
    plan: carePlans.heartFailure,
    imaging: imaging.echocardiogram,
  },
  atrialFibrillation: {
    coding: snomed('49436004', 'Atrial fibrillation'),
    fromAge: 62,
    share: 0.11,
    medicines: ['apixaban', 'bisoprolol'],
    panels: ['ureaElectrolytes'],
    clinic: specialties.cardiology,
  },
  heartDisease: {
    coding: snomed('414545008', 'Ischaemic heart disease'),
    fromAge: 50,
    share: 0.08,
    medicines: ['aspirin', 'simvastatin', 'bisoprolol'],
    panels: ['lipids'],
    clinic: specialties.cardiology,
    procedure: procedures.stent,
  },
  hypothyroidism: {
    coding: snomed('40930008', 'Hypothyroidism'),
    fromAge: 25,
    share: 0.06,
    medicines: ['levothyroxine'],
    panels: ['thyroid'],
    results: { tsh: [3.2, 1] },
  },
  osteoarthritis: {
    coding: snomed('239873007', 'Osteoarthritis of knee'),
    fromAge: 55,
    share: 0.18,
    medicines: ['paracetamol'],
    panels: [],
    clinic: specialties.orthopaedics,
    procedure: procedures.kneeReplacement,
    imaging: imaging.kneeXray,
  },
  depression: {
    coding: snomed('35489007', 'Depressive disorder'),
    fromAge: 17,
    share: 0.12,
    medicines: ['sertraline'],
    panels: [],
  },
  dementia: {
    coding: snomed('26929004', "Alzheimer's disease"),
    fromAge: 72,
    share: 0.1,
    medicines: ['donepezil'],
    panels: ['thyroid', 'fullBloodCount'],
    clinic: specialties.oldAgePsychiatry,
    imaging: imaging.headCt,
  },
  frailty: {
    coding: snomed('925831000000107', 'Moderate frailty'),
    fromAge: 78,
    share: 0.3,
    medicines: ['alendronate'],
    panels: ['fullBloodCount', 'ureaElectrolytes'],
    clinic: specialties.elderly,
    plan: carePlans.treatmentEscalation,
  },
  ironDeficiency: {
    coding: snomed('87522002', 'Iron deficiency anaemia'),
    fromAge: 18,
    share: 0.05,
    sex: 'female',
    medicines: ['ferrous'],
    panels: ['fullBloodCount', 'ferritin'],
    results: { haemoglobin: [108, 5], mcv: [76, 2], ferritin: [9, 3] },
  },
  breastCancer: {
    coding: snomed('254837009', 'Malignant neoplasm of breast'),
    fromAge: 48,
    share: 0.03,
    sex: 'female',
    medicines: ['tamoxifen'],
    panels: ['fullBloodCount', 'liver'],
    clinic: specialties.breast,
    imaging: imaging.mammogram,
  },
  pregnancy: {
    coding: snomed('77386006', 'Pregnancy'),
    fromAge: 19,
    toAge: 43,
    share: 0.09,
    sex: 'female',
    medicines: ['folicAcid'],
    panels: ['fullBloodCount'],
    results: { haemoglobin: [118, 6] },
    clinic: specialties.obstetrics,
    imaging: imaging.obstetricUltrasound,
  },
  reflux: {
    coding: snomed('235595009', 'Gastro-oesophageal reflux disease'),
    fromAge: 30,
    share: 0.08,
    medicines: ['omeprazole'],
    panels: [],
  },
  eczema: {
    coding: snomed('24079001', 'Atopic dermatitis'),
    fromAge: 0,
    toAge: 16,
    share: 0.12,
    medicines: [],
    panels: [],
  },
  schizophrenia: {
    coding: snomed('58214004', 'Schizophrenia'),
    fromAge: 22,
    share: 0.012,
    medicines: ['olanzapine'],
    panels: ['hba1c', 'lipids'],
    clinic: specialties.adultMentalHealth,
    plan: carePlans.mentalHealth,
  },
} as const satisfies Record<string, LongTermCondition>

/** The short name of a long-term condition in the table. */
export type ConditionKey = keyof typeof longTermConditions
