/** A hospital's own system, beside the system of its region's practices. */
export interface HospitalSystem {
  /** ODS code of the hospital: what it recorded stands here. */
  readonly odsCode: string
  /** What its absolute addresses begin with. */
  readonly base: string
  /** The first story patient's: another at each hospital, so that one number is two people. */
  readonly firstNumber: number
}

const systems: Readonly<Record<string, readonly HospitalSystem[]>> = {
  nel: [
    { odsCode: 'R1H', base: 'https://fhir.barts.example.nhs.uk/R4', firstNumber: 1 },
    { odsCode: 'RQX', base: 'https://fhir.homerton.example.nhs.uk/R4', firstNumber: 4 },
  ],
}

/** The hospitals' systems of a participant; most have one system for all. */
export function hospitalSystemsOf(participant: string): readonly HospitalSystem[] {
  return systems[participant] ?? []
}

/** The number that a hospital gives a person: short, and its own. */
export type PatientNumbers = (system: HospitalSystem, nhsNumber: string) => number

/** Nine digits of the first story patient's number. */
const FIRST_STORY = 999_000_001

/** So many people have a story at most. */
const STORIES = 100

/** Numbers of story patients: the same whether one is told or all. */
export const storyNumbers: PatientNumbers = (system, nhsNumber) =>
  system.firstNumber + Number(nhsNumber.slice(0, 9)) - FIRST_STORY

/** Numbers of made-up people: each hospital counts those that come to it, so that most stand in both. */
export function crowdNumbers(): PatientNumbers {
  const counts = new Map<string, number>()
  return ({ odsCode }) => {
    const count = (counts.get(odsCode) ?? STORIES) + 1
    counts.set(odsCode, count)
    return count
  }
}
