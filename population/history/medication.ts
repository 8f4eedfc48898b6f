import type { Organisation } from '../../subgraphs/kit/participant.ts'
import { type MedicineKey, medicines } from '../codes/medicines.ts'
import { addMedicationRequest, addMedicationStatement } from '../resources/medicines.ts'
import { type History, momentBetween } from './history.ts'
import { recent, type Scene } from './scene.ts'

/** Of these two, only one is prescribed. */
const instead: Partial<Record<MedicineKey, MedicineKey>> = {
  losartan: 'ramipril',
  simvastatin: 'atorvastatin',
  aspirin: 'apixaban',
}

/** What the person takes for their illnesses, and since when: nothing twice, nothing that clashes. */
function regularMedicines(history: History): ReadonlyMap<MedicineKey, Date> {
  const taken = new Map<MedicineKey, Date>()
  const wanted = new Set(history.conditions.flatMap(({ condition }) => condition.medicines))
  for (const { condition, onset } of history.conditions) {
    for (const key of condition.medicines) {
      const other = instead[key]
      if (taken.has(key) || (other !== undefined && wanted.has(other))) continue
      if (isSafe(history, key)) taken.set(key, onset)
    }
  }
  return taken
}

/** Repeat prescriptions, as the practice issues them. */
export function writeRepeatPrescriptions(scene: Scene, by: Organisation): void {
  const { chart, random } = scene
  for (const [key, since] of regularMedicines(scene.history)) {
    const at = momentBetween(random, recent(chart, since, 90), chart.until)
    if (random.chance(0.5)) {
      addMedicationStatement(chart, { by, at }, medicines[key], { since })
    } else {
      const contained = chart.participant === 'swl' && random.chance(0.5)
      addMedicationRequest(chart, { by, at }, medicines[key], { contained })
    }
  }
}

/** What the person said they take, as a hospital that knows them less writes it down. */
export function writeMedicineHistory(scene: Scene, by: Organisation): void {
  const { chart, random } = scene
  for (const [key, since] of regularMedicines(scene.history)) {
    if (!random.chance(0.4)) continue
    const at = momentBetween(random, recent(chart, since, 300), chart.until)
    addMedicationStatement(chart, { by, at }, medicines[key], { since })
  }
}

function isSafe(history: History, key: MedicineKey): boolean {
  const isAsthmatic = history.conditions.some((each) => each.key === 'asthma')
  const isAspirinAllergic = history.allergies?.some((each) => each.coding.code === '293586001')
  if (key === 'bisoprolol') return !isAsthmatic
  return key !== 'aspirin' || !isAspirinAllergic
}
