import { type Coding, snomed } from '../fhir.ts'

/** A medicine as it is usually prescribed: product, dose, how often, by which route. */
export interface Medicine {
  readonly coding: Coding
  /** The product as prescribed, where the code only says the substance. */
  readonly text?: string
  readonly dose: number
  readonly unit: string
  readonly timesADay: number
  readonly asNeeded?: true
  readonly route: Coding
  readonly instruction: string
  /** Days of a course; repeat medicines have none. */
  readonly courseDays?: number
}

const oral = snomed('26643006', 'Oral route')
const inhaled = snomed('18679011000001101', 'Inhalation')
const subcutaneous = snomed('34206005', 'Subcutaneous route')

const tablet = (code: string, display: string, instruction: string, timesADay = 1): Medicine => ({
  coding: snomed(code, display),
  dose: 1,
  unit: display.includes('capsule') ? 'capsule' : 'tablet',
  timesADay,
  route: oral,
  instruction,
})

const course = (medicine: Medicine, courseDays: number): Medicine => ({ ...medicine, courseDays })

const named = (code: string, substance: string, text: string, instruction: string, times = 1) => ({
  ...tablet(code, substance, instruction, times),
  unit: text.includes('capsule') ? 'capsule' : 'tablet',
  text,
})

const puffs = (
  code: string,
  display: string,
  instruction: string,
  timesADay: number,
): Medicine => ({
  coding: snomed(code, display),
  dose: 2,
  unit: 'puff',
  timesADay,
  route: inhaled,
  instruction,
})

export const medicines = {
  metformin: tablet('325278007', 'Metformin 500mg tablets', 'Take one twice a day with meals', 2),
  empagliflozin: tablet('703896005', 'Empagliflozin 10mg tablets', 'Take one each morning'),
  insulin: {
    coding: snomed('411529005', 'Insulin glargine'),
    text: 'Insulin glargine 100units/ml solution for injection 3ml pre-filled pens',
    dose: 18,
    unit: 'unit',
    timesADay: 1,
    route: subcutaneous,
    instruction: 'Inject 18 units under the skin each evening',
  },
  amlodipine: tablet('319283006', 'Amlodipine 5mg tablets', 'Take one each day'),
  ramipril: tablet('318902004', 'Ramipril 5mg capsules', 'Take one each day'),
  losartan: tablet('318956006', 'Losartan 50mg tablets', 'Take one each day'),
  atorvastatin: tablet('320029006', 'Atorvastatin 10mg tablets', 'Take one each day'),
  simvastatin: tablet('320000009', 'Simvastatin 40mg tablets', 'Take one at night'),
  aspirin: tablet('319775004', 'Aspirin 75mg tablets', 'Take one each day'),
  bisoprolol: tablet('318590006', 'Bisoprolol 5mg tablets', 'Take one each morning'),
  furosemide: tablet('317972000', 'Furosemide 40mg tablets', 'Take one each morning'),
  spironolactone: tablet('318056008', 'Spironolactone 25mg tablets', 'Take one each day'),
  apixaban: tablet('42206511000001102', 'Apixaban 5mg tablets', 'Take one twice a day', 2),
  digoxin: tablet('317896006', 'Digoxin 125microgram tablets', 'Take one each morning'),
  levothyroxine: tablet(
    '374296008',
    'Levothyroxine sodium 100microgram tablets',
    'Take one each morning before breakfast',
  ),
  omeprazole: tablet(
    '317291008',
    'Omeprazole 20mg gastro-resistant capsules',
    'Take one each day before food',
  ),
  paracetamol: {
    ...tablet(
      '42109611000001109',
      'Paracetamol 500mg tablets',
      'Take two up to four times a day',
      4,
    ),
    dose: 2,
    asNeeded: true,
  },
  amitriptyline: tablet('321746008', 'Amitriptyline 25mg tablets', 'Take one at night'),
  sertraline: named('372594008', 'Sertraline', 'Sertraline 50mg tablets', 'Take one each day'),
  donepezil: named('386855006', 'Donepezil', 'Donepezil 10mg tablets', 'Take one at night'),
  olanzapine: named('386849001', 'Olanzapine', 'Olanzapine 10mg tablets', 'Take one at night'),
  alendronate: named(
    '391730008',
    'Alendronic acid',
    'Alendronic acid 70mg tablets',
    'Take one on the same day each week, sitting up, with a glass of water',
  ),
  folicAcid: named('63718003', 'Folic acid', 'Folic acid 5mg tablets', 'Take one each day'),
  ferrous: named(
    '387402000',
    'Ferrous sulfate',
    'Ferrous sulfate 200mg tablets',
    'Take one each day',
  ),
  tamoxifen: named('373345002', 'Tamoxifen', 'Tamoxifen 20mg tablets', 'Take one each day'),
  salbutamol: {
    ...puffs(
      '39113611000001102',
      'Salbutamol 100micrograms/dose inhaler CFC free',
      'Two puffs when needed',
      4,
    ),
    asNeeded: true,
  },
  beclometasone: puffs(
    '408063002',
    'Beclometasone 100micrograms/dose inhaler CFC free',
    'Two puffs twice a day',
    2,
  ),
  amoxicillin: course(
    tablet('39732411000001106', 'Amoxicillin 500mg capsules', 'Take one three times a day', 3),
    7,
  ),
  doxycycline: course(
    named('372478003', 'Doxycycline', 'Doxycycline 100mg capsules', 'Take one each day'),
    7,
  ),
  nitrofurantoin: course(
    named(
      '373543005',
      'Nitrofurantoin',
      'Nitrofurantoin 100mg capsules',
      'Take one twice a day',
      2,
    ),
    3,
  ),
  prednisolone: course(
    {
      ...named('116601002', 'Prednisolone', 'Prednisolone 5mg tablets', 'Take six each morning'),
      dose: 6,
    },
    5,
  ),
} as const satisfies Record<string, Medicine>

/** The short name of a medicine in the table. */
export type MedicineKey = keyof typeof medicines
