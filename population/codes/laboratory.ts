import { type Coding, snomed } from '../fhir.ts'

/** One laboratory test: what is measured, in which unit, and what is usual. */
export interface LaboratoryTest {
  readonly coding: Coding
  readonly unit: string
  /** The UCUM code of the unit. */
  readonly ucum: string
  readonly low?: number
  readonly high?: number
  readonly decimals: number
  readonly mean: number
  readonly deviation: number
}

/** Tests that are asked for and reported together. */
export interface Panel {
  readonly coding: Coding
  readonly tests: readonly TestKey[]
  readonly specimen: Coding
}

const blood = snomed('122555007', 'Venous blood specimen')
const urine = snomed('122575003', 'Urine specimen')

type Usual = { low?: number; high?: number; mean: number; deviation: number; decimals?: number }

const test = (
  code: string,
  display: string,
  [unit, ucum]: readonly [string, string],
  usual: Usual,
): LaboratoryTest => ({ coding: snomed(code, display), unit, ucum, decimals: 0, ...usual })

const same = (unit: string): readonly [string, string] => [unit, unit]
const perLitre = ['10^9/L', '10*9/L'] as const
const micromol = ['umol/L', 'umol/L'] as const
const filtration = ['mL/min/1.73m2', 'mL/min/{1.73_m2}'] as const
const milliUnits = ['mU/L', 'm[IU]/L'] as const

export const tests = {
  haemoglobin: test('1022431000000105', 'Haemoglobin estimation', same('g/L'), {
    low: 120,
    high: 165,
    mean: 138,
    deviation: 9,
  }),
  whiteCells: test('1022541000000102', 'Total white cell count', perLitre, {
    low: 4,
    high: 11,
    mean: 7,
    deviation: 1.4,
    decimals: 1,
  }),
  neutrophils: test('1022551000000104', 'Neutrophil count', perLitre, {
    low: 2,
    high: 7.5,
    mean: 4.2,
    deviation: 1,
    decimals: 1,
  }),
  platelets: test('1022651000000100', 'Platelet count', perLitre, {
    low: 150,
    high: 400,
    mean: 260,
    deviation: 45,
  }),
  mcv: test('1022491000000106', 'Mean corpuscular volume', same('fL'), {
    low: 80,
    high: 100,
    mean: 90,
    deviation: 3.5,
    decimals: 1,
  }),
  sodium: test('1000661000000107', 'Serum sodium level', same('mmol/L'), {
    low: 133,
    high: 146,
    mean: 139,
    deviation: 2.2,
  }),
  potassium: test('1000651000000109', 'Serum potassium level', same('mmol/L'), {
    low: 3.5,
    high: 5.3,
    mean: 4.4,
    deviation: 0.3,
    decimals: 1,
  }),
  urea: test('1028131000000104', 'Serum urea level', same('mmol/L'), {
    low: 2.5,
    high: 7.8,
    mean: 5.4,
    deviation: 1,
    decimals: 1,
  }),
  creatinine: test('1000731000000107', 'Serum creatinine level', micromol, {
    low: 45,
    high: 104,
    mean: 76,
    deviation: 10,
  }),
  egfr: test(
    '1011481000000105',
    'eGFR (estimated glomerular filtration rate) using CKD-Epi formula',
    filtration,
    { low: 90, mean: 92, deviation: 6 },
  ),
  alt: test('1018251000000107', 'Serum alanine aminotransferase level', same('U/L'), {
    low: 0,
    high: 41,
    mean: 24,
    deviation: 7,
  }),
  alp: test('1000621000000104', 'Serum alkaline phosphatase level', same('U/L'), {
    low: 30,
    high: 130,
    mean: 78,
    deviation: 16,
  }),
  bilirubin: test('999691000000104', 'Serum bilirubin level', micromol, {
    low: 0,
    high: 21,
    mean: 9,
    deviation: 3,
  }),
  albumin: test('1000821000000103', 'Serum albumin level', same('g/L'), {
    low: 35,
    high: 50,
    mean: 42,
    deviation: 2.5,
  }),
  cholesterol: test('1005671000000105', 'Serum cholesterol level', same('mmol/L'), {
    high: 5,
    mean: 4.9,
    deviation: 0.7,
    decimals: 1,
  }),
  hdl: test(
    '1005681000000107',
    'Serum HDL (high density lipoprotein) cholesterol level',
    same('mmol/L'),
    {
      low: 1,
      mean: 1.4,
      deviation: 0.2,
      decimals: 1,
    },
  ),
  triglycerides: test('1005691000000109', 'Serum triglycerides level', same('mmol/L'), {
    high: 1.7,
    mean: 1.4,
    deviation: 0.4,
    decimals: 1,
  }),
  tsh: test('1022791000000101', 'Serum TSH (thyroid stimulating hormone) level', milliUnits, {
    low: 0.27,
    high: 4.2,
    mean: 2,
    deviation: 0.6,
    decimals: 2,
  }),
  freeT4: test('1016971000000106', 'Serum free T4 level', same('pmol/L'), {
    low: 11,
    high: 22,
    mean: 15.5,
    deviation: 1.8,
    decimals: 1,
  }),
  hba1c: test(
    '999791000000106',
    'Haemoglobin A1c level - International Federation of Clinical Chemistry and Laboratory Medicine standardised',
    same('mmol/mol'),
    { low: 20, high: 41, mean: 36, deviation: 2.5 },
  ),
  crp: test('1001371000000100', 'Serum CRP (C reactive protein) level', same('mg/L'), {
    low: 0,
    high: 5,
    mean: 3,
    deviation: 1,
  }),
  ferritin: test('993381000000106', 'Serum ferritin level', same('ug/L'), {
    low: 15,
    high: 300,
    mean: 80,
    deviation: 30,
  }),
  acr: test('1023491000000104', 'Urine albumin:creatinine ratio', same('mg/mmol'), {
    low: 0,
    high: 3,
    mean: 1.4,
    deviation: 0.5,
    decimals: 1,
  }),
} as const satisfies Record<string, LaboratoryTest>

/** The short name of a test in the table. */
export type TestKey = keyof typeof tests

export const panels = {
  fullBloodCount: {
    coding: snomed('1022441000000101', 'Full blood count'),
    tests: ['haemoglobin', 'whiteCells', 'neutrophils', 'platelets', 'mcv'],
    specimen: blood,
  },
  ureaElectrolytes: {
    coding: snomed('252167001', 'Urea and electrolytes'),
    tests: ['sodium', 'potassium', 'urea', 'creatinine', 'egfr'],
    specimen: blood,
  },
  liver: {
    coding: snomed('997531000000108', 'Liver function test'),
    tests: ['alt', 'alp', 'bilirubin', 'albumin'],
    specimen: blood,
  },
  lipids: {
    coding: snomed('16254007', 'Lipid panel'),
    tests: ['cholesterol', 'hdl', 'triglycerides'],
    specimen: blood,
  },
  thyroid: {
    coding: snomed('1016851000000107', 'Thyroid function test'),
    tests: ['tsh', 'freeT4'],
    specimen: blood,
  },
  hba1c: { coding: tests.hba1c.coding, tests: ['hba1c'], specimen: blood },
  crp: { coding: tests.crp.coding, tests: ['crp'], specimen: blood },
  ferritin: { coding: tests.ferritin.coding, tests: ['ferritin'], specimen: blood },
  albuminCreatinine: { coding: tests.acr.coding, tests: ['acr'], specimen: urine },
} as const satisfies Record<string, Panel>

/** The short name of a panel in the table. */
export type PanelKey = keyof typeof panels
