import type { Chart, Recording } from '../chart.ts'
import { type Coding, concept, hl7, instantOf, quantity, type Resource, snomed } from '../fhir.ts'

const vitalSigns = concept(hl7('observation-category', 'vital-signs', 'Vital Signs'))

type VitalSign = { readonly coding: Coding; readonly unit: string; readonly ucum: string }

const sign = (code: string, display: string, unit: string, ucum: string = unit): VitalSign => ({
  coding: snomed(code, display),
  unit,
  ucum,
})

const systolic = snomed('72313002', 'Systolic arterial pressure')
const diastolic = snomed('1091811000000102', 'Diastolic arterial pressure')

const vitals = {
  pulse: sign('78564009', 'Heart rate measured at systemic artery', 'beats/min', '/min'),
  temperature: sign('276885007', 'Core body temperature', 'degrees C', 'Cel'),
  oxygen: sign('431314004', 'Peripheral oxygen saturation', '%'),
  breathing: sign('86290005', 'Respiratory rate', 'breaths/min', '/min'),
  weight: sign('27113001', 'Body weight', 'kg'),
  height: sign('50373000', 'Body height measure', 'cm'),
  bodyMassIndex: sign('60621009', 'Body mass index', 'kg/m2'),
  news2: sign(
    '1104051000000101',
    'Royal College of Physicians NEWS2 (National Early Warning Score 2) total score',
    '{score}',
  ),
} as const satisfies Record<string, VitalSign>

/** The short name of a vital sign in the table. */
export type VitalKey = keyof typeof vitals

/** One vital sign as it was measured at the time of recording. */
export function addVitalSign(
  chart: Chart,
  recording: Recording,
  key: VitalKey,
  value: number,
): Resource {
  const { coding, unit, ucum } = vitals[key]
  return chart.add('Observation', recording, {
    ...measured(chart, recording, coding),
    valueQuantity: quantity(value, unit, ucum),
  })
}

/** A blood pressure: one observation with its two components, in mm[Hg]. */
export function addBloodPressure(
  chart: Chart,
  recording: Recording,
  pressure: { systolic: number; diastolic: number },
): Resource {
  return chart.add('Observation', recording, {
    ...measured(chart, recording, snomed('75367002', 'Blood pressure')),
    component: [
      {
        code: concept(systolic),
        valueQuantity: quantity(pressure.systolic, 'mmHg', 'mm[Hg]'),
      },
      {
        code: concept(diastolic),
        valueQuantity: quantity(pressure.diastolic, 'mmHg', 'mm[Hg]'),
      },
    ],
  })
}

function measured(chart: Chart, recording: Recording, coding: Coding) {
  return {
    status: 'final',
    category: [vitalSigns],
    code: concept(coding),
    subject: chart.subject,
    effectiveDateTime: instantOf(recording.at),
    issued: instantOf(recording.at),
    performer: [chart.staff(recording.by, 3)],
  }
}
