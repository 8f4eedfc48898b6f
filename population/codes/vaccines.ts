import { type Coding, snomed } from '../fhir.ts'

/** A vaccine: the product given and the procedure of giving it. */
export interface Vaccine {
  readonly product: Coding
  readonly procedure: Coding
  readonly target: Coding
}

const influenza = snomed('6142004', 'Influenza')
const covid = snomed('840539006', 'COVID-19')
const comirnaty = snomed(
  '39115611000001103',
  'Comirnaty COVID-19 mRNA Vaccine 30micrograms/0.3ml dose concentrate for dispersion for injection multidose vials',
)
const sixInOne = snomed(
  '34765811000001105',
  'Infanrix Hexa vaccine powder and suspension for suspension for injection 0.5ml pre-filled syringes',
)
const diphtheria = snomed('397428000', 'Diphtheria')

export const vaccines = {
  sixInOneFirst: {
    product: sixInOne,
    procedure: snomed(
      '1082441000000108',
      'First diphtheria, tetanus, pertussis, polio, Hib and hepatitis B vaccination',
    ),
    target: diphtheria,
  },
  sixInOneSecond: {
    product: sixInOne,
    procedure: snomed(
      '1082451000000106',
      'Second diphtheria, tetanus, pertussis, polio, Hib and hepatitis B vaccination',
    ),
    target: diphtheria,
  },
  sixInOneThird: {
    product: sixInOne,
    procedure: snomed(
      '1082461000000109',
      'Third diphtheria, tetanus, pertussis, polio, Hib and hepatitis B vaccination',
    ),
    target: diphtheria,
  },
  menB: {
    product: snomed(
      '23584211000001109',
      'Bexsero vaccine suspension for injection 0.5ml pre-filled syringes',
    ),
    procedure: snomed('720539004', 'Administration of first dose of meningitis B vaccine'),
    target: snomed('23511006', 'Meningococcal infectious disease'),
  },
  mmr: {
    product: snomed('61153008', 'Measles, mumps and rubella vaccine'),
    procedure: snomed('38598009', 'Administration of measles, mumps and rubella vaccine'),
    target: snomed('14189004', 'Measles'),
  },
  influenza: {
    product: snomed('46233009', 'Influenza vaccine'),
    procedure: snomed('86198006', 'Administration of influenza vaccine'),
    target: influenza,
  },
  covidFirst: {
    product: comirnaty,
    procedure: snomed('1324681000000101', 'Administration of first dose of SARS-CoV-2 vaccine'),
    target: covid,
  },
  covidSecond: {
    product: comirnaty,
    procedure: snomed('1324691000000104', 'Administration of second dose of SARS-CoV-2 vaccine'),
    target: covid,
  },
  covidBooster: {
    product: comirnaty,
    procedure: snomed('1362591000000103', 'Administration of booster dose of SARS-CoV-2 vaccine'),
    target: covid,
  },
  pneumococcal: {
    product: snomed('333598008', 'Pneumococcal vaccine'),
    procedure: snomed('12866006', 'Administration of pneumococcal vaccine'),
    target: snomed('16814004', 'Pneumococcal infectious disease'),
  },
} as const satisfies Record<string, Vaccine>
