import { type Coding, snomed } from '../fhir.ts'

/** What somebody does not tolerate, and what it does to them. */
export interface AllergyKind {
  readonly coding: Coding
  readonly category: 'medication' | 'food' | 'environment'
  readonly criticality: 'low' | 'high'
  readonly manifestation: Coding
  readonly severity: 'mild' | 'moderate' | 'severe'
}

const anaphylaxis = snomed('39579001', 'Anaphylaxis')
const rash = snomed('271807003', 'Eruption of skin')
const urticaria = snomed('126485001', 'Urticaria')
const vomiting = snomed('422400008', 'Vomiting')
const wheeze = snomed('56018004', 'Wheezing')
const angioedema = snomed('41291007', 'Angioedema')

const kind = (
  coding: Coding,
  category: AllergyKind['category'],
  criticality: AllergyKind['criticality'],
  manifestation: Coding,
  severity: AllergyKind['severity'],
): AllergyKind => ({ coding, category, criticality, manifestation, severity })

const penicillin = snomed('91936005', 'Allergy to penicillin')

/** Nobody in the crowd has it: a story tells of it. */
export const strawberry = kind(
  snomed('91938006', 'Allergy to strawberry'),
  'food',
  'high',
  angioedema,
  'severe',
)

export const allergies = {
  penicillinRash: kind(penicillin, 'medication', 'low', rash, 'moderate'),
  penicillinAnaphylaxis: kind(penicillin, 'medication', 'high', anaphylaxis, 'severe'),
  amoxicillin: kind(
    snomed('294505008', 'Allergy to amoxicillin'),
    'medication',
    'low',
    urticaria,
    'moderate',
  ),
  aspirin: kind(snomed('293586001', 'Allergy to aspirin'), 'medication', 'high', wheeze, 'severe'),
  sulfonamide: kind(
    snomed('91939003', 'Allergy to sulfonamide'),
    'medication',
    'low',
    rash,
    'mild',
  ),
  peanut: kind(snomed('91935009', 'Allergy to peanut'), 'food', 'high', anaphylaxis, 'severe'),
  nut: kind(snomed('91934008', 'Allergy to nut'), 'food', 'high', angioedema, 'severe'),
  egg: kind(snomed('91930004', 'Allergy to egg'), 'food', 'low', vomiting, 'mild'),
  shellfish: kind(
    snomed('300913006', 'Allergy to shellfish'),
    'food',
    'low',
    urticaria,
    'moderate',
  ),
  latex: kind(snomed('300916003', 'Latex allergy'), 'environment', 'low', urticaria, 'moderate'),
  dustMite: kind(
    snomed('232350006', 'House dust mite allergy'),
    'environment',
    'low',
    wheeze,
    'mild',
  ),
} as const satisfies Record<string, AllergyKind>

export const noKnownAllergy = snomed('716186003', 'No known allergy')
