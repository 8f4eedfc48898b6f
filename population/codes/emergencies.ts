import { type Coding, snomed } from '../fhir.ts'
import { specialties } from '../resources/encounters.ts'
import { type ImagingKind, imaging } from '../resources/imaging.ts'
import { procedures } from '../resources/procedures.ts'
import type { PanelKey, TestKey } from './laboratory.ts'

/** Why somebody comes to an emergency department, and what is done there. */
export interface Emergency {
  readonly coding: Coding
  readonly service: Coding
  readonly panels: readonly PanelKey[]
  readonly imaging?: ImagingKind
  readonly results?: Partial<Record<TestKey, readonly [number, number]>>
  readonly admits: number
  readonly procedure?: Coding
  readonly minAge: number
}

const emergency = (coding: Coding, admits: number, given: Partial<Emergency> = {}): Emergency => ({
  coding,
  admits,
  service: specialties.generalMedicine,
  panels: [],
  minAge: 0,
  ...given,
})

export const emergencies: readonly Emergency[] = [
  emergency(snomed('29857009', 'Chest pain'), 0.2, {
    panels: ['fullBloodCount', 'ureaElectrolytes'],
    imaging: imaging.chestXray,
    minAge: 30,
  }),
  emergency(snomed('233604007', 'Pneumonia'), 0.7, {
    panels: ['fullBloodCount', 'crp'],
    imaging: imaging.chestXray,
    results: { crp: [120, 40], whiteCells: [15, 2], neutrophils: [12, 1.5] },
    minAge: 40,
  }),
  emergency(snomed('68566005', 'Urinary tract infectious disease'), 0.3, {
    panels: ['crp', 'ureaElectrolytes'],
    results: { crp: [60, 20] },
    minAge: 18,
  }),
  emergency(snomed('65966004', 'Fracture of forearm'), 0.1, {
    service: specialties.orthopaedics,
    imaging: imaging.wristXray,
    minAge: 4,
  }),
  emergency(snomed('82271004', 'Injury of head'), 0.15, { imaging: imaging.headCt, minAge: 1 }),
  emergency(snomed('21522001', 'Abdominal pain'), 0.3, {
    service: specialties.generalSurgery,
    panels: ['fullBloodCount', 'liver', 'crp'],
    imaging: imaging.abdomenUltrasound,
    minAge: 5,
  }),
  emergency(snomed('85189001', 'Acute appendicitis'), 1, {
    service: specialties.generalSurgery,
    panels: ['fullBloodCount', 'crp'],
    results: { crp: [70, 25], whiteCells: [14, 1.5] },
    procedure: procedures.appendicectomy,
    minAge: 8,
  }),
  emergency(snomed('5913000', 'Fracture of neck of femur'), 1, {
    service: specialties.orthopaedics,
    panels: ['fullBloodCount', 'ureaElectrolytes'],
    procedure: procedures.hipReplacement,
    minAge: 75,
  }),
  emergency(snomed('44465007', 'Sprain of ankle'), 0, { minAge: 8 }),
  emergency(snomed('65363002', 'Otitis media'), 0),
  emergency(snomed('386661006', 'Fever'), 0.1, { panels: ['crp'], results: { crp: [18, 6] } }),
]
