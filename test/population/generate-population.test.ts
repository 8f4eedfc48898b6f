import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { NHS_NUMBER, SNOMED } from '../../population/fhir.ts'
import { generatePopulation } from '../../population/generate-population.ts'
import { hospitalSystemsOf } from '../../population/hospital-systems.ts'
import { contributors, participantOf } from '../../population/participants.ts'
import { stories } from '../../population/stories/stories.ts'
import { walk } from './walk.ts'

const asOf = new Date('2026-11-22T09:00:00Z')
const usual = { seed: 2026, patients: 2000, asOf }
const all = [...generatePopulation(usual)]

const patientIn = ({ bundle }: (typeof all)[number]) =>
  bundle.entry.find((entry) => entry.resource.resourceType === 'Patient')?.resource
/** The hospital whose own system it is of; undefined for a participant's main one. */
const hospitalOf = ({ participant, bundle }: (typeof all)[number]) =>
  hospitalSystemsOf(participant).find(({ base }) => bundle.entry[0]?.fullUrl.startsWith(`${base}/`))
    ?.odsCode

const records = all.filter((each) => patientIn(each) !== undefined)
const listed = all.filter((each) => patientIn(each) === undefined)
const directories = listed.filter((each) => hospitalOf(each) === undefined)

const numberOf = (record: (typeof all)[number]) => {
  const identifiers = patientIn(record)?.['identifier'] as { value: string }[]
  return identifiers[0]?.value ?? ''
}

const fingerprint = (given: Parameters<typeof generatePopulation>[0]) => {
  const hash = createHash('sha256')
  for (const each of generatePopulation(given)) hash.update(JSON.stringify(each))
  return hash.digest('hex')
}

describe('the demo population', () => {
  it('is the same for the same seed, number and moment', () => {
    const given = { seed: 7, patients: 150, asOf }
    expect(fingerprint(given)).toBe(fingerprint(given))
  })

  it('is another for another seed', () => {
    const given = { patients: 50, asOf }
    expect(fingerprint({ ...given, seed: 7 })).not.toBe(fingerprint({ ...given, seed: 8 }))
  })

  it('yields for some participants exactly what it yields for them among all', () => {
    const participants = ['sel', 'enht']
    const some = [...generatePopulation({ ...usual, participants })]
    expect(some).toEqual(all.filter((each) => participants.includes(each.participant)))
  })

  it('is small enough to be loaded while somebody waits', () => {
    const resources = all.flatMap((each) => each.bundle.entry.map((entry) => entry.resource))
    expect(resources.length).toBeGreaterThan(22_000)
    expect(resources.length).toBeLessThan(30_000)
    const characters = resources.reduce((sum, each) => sum + JSON.stringify(each).length, 0)
    expect(characters).toBeLessThan(36_000_000)
  })

  it('begins at every contributor with a directory of its organisations and their staff', () => {
    expect(listed).toEqual(all.slice(0, contributors.length + 2))
    expect(directories).toHaveLength(contributors.length)
    for (const [index, { participant, bundle }] of directories.entries()) {
      expect(participant).toBe(contributors[index]?.code)
      expect(bundle.type).toBe('collection')
      const ids = new Set(bundle.entry.map(({ resource }) => resource.id))
      expect(ids.size).toBe(bundle.entry.length)
      const { organisations } = participantOf(participant)
      const staff = bundle.entry.filter((each) => each.resource.resourceType === 'Practitioner')
      expect(staff.length).toBe(4 * organisations.length)
      const codes = bundle.entry.flatMap(({ resource }) => {
        const [identifier] = resource['identifier'] as { value: string }[]
        return resource.resourceType === 'Organization' ? [identifier?.value] : []
      })
      expect(codes).toEqual(expect.arrayContaining(organisations.map((each) => each.odsCode)))
    }
  })

  it('repeats no organisation and no member of staff in the records of its crowd', () => {
    const told = new Set(stories.flatMap((story) => [story.nhsNumber, story.formerNhsNumber]))
    const crowd = records.filter((record) => !told.has(numberOf(record)))
    expect(crowd.length).toBeGreaterThan(2000)
    const types = new Set(
      crowd.flatMap(({ bundle }) => bundle.entry.map(({ resource }) => resource.resourceType)),
    )
    expect(types).not.toContain('Organization')
    expect(types).not.toContain('Practitioner')
  })

  it('has at least forty people at every contributing participant, and none at the others', () => {
    const people = new Map<string, number>()
    for (const each of records)
      people.set(each.participant, (people.get(each.participant) ?? 0) + 1)
    expect([...people.keys()].sort()).toEqual(contributors.map((each) => each.code).sort())
    expect(Math.min(...people.values())).toBeGreaterThanOrEqual(40)
    for (const code of people.keys()) {
      expect(participantOf(code).participation).not.toBe('VIEW_ONLY')
    }
  })

  it('has one bundle for each person and system, and a fifth of people at two participants or more', () => {
    const holders = new Map<string, Set<string>>()
    const seen = new Set<string>()
    for (const record of records) {
      const number = numberOf(record)
      const key = `${number} ${record.participant} ${hospitalOf(record)}`
      expect(seen.has(key)).toBe(false)
      seen.add(key)
      holders.set(number, (holders.get(number) ?? new Set()).add(record.participant))
    }
    const severalShare = [...holders.values()].filter((each) => each.size > 1).length / holders.size
    expect(severalShare).toBeGreaterThan(0.17)
    expect(severalShare).toBeLessThan(0.23)
  })

  it('has two hospitals in North East London with systems of their own, which number alike', () => {
    const ids = new Map<string, Map<string, string>>()
    for (const record of records) {
      const hospital = hospitalOf(record)
      if (hospital === undefined) continue
      for (const { fullUrl, resource } of record.bundle.entry) {
        expect(resource.meta.tag[0]?.code).toBe(hospital)
        expect(resource.id).toMatch(/^\d{1,6}$/)
        expect(fullUrl.endsWith(`/${resource.resourceType}/${resource.id}`)).toBe(true)
        const known = ids.get(hospital) ?? new Map()
        ids.set(hospital, known.set(`${resource.resourceType}/${resource.id}`, numberOf(record)))
      }
    }
    expect([...ids.keys()].sort()).toEqual(['R1H', 'RQX'])
    const [barts, homerton] = [ids.get('R1H') ?? new Map(), ids.get('RQX') ?? new Map()]
    const both = [...barts].filter(([id]) => homerton.has(id))
    expect(both.length).toBeGreaterThan(100)
    expect(both.filter(([id, number]) => homerton.get(id) !== number).length).toBeGreaterThan(100)
  })

  it('has each person once at each hospital that knows them, under the same NHS number', () => {
    const elsewhere = records.filter((record) => record.participant === 'nel')
    const main = elsewhere.filter((record) => hospitalOf(record) === undefined)
    for (const { bundle } of main) {
      const tags = bundle.entry.map(({ resource }) => resource)
      const recorded = tags.filter(
        ({ resourceType }) => !/^(Organization|Practitioner)$/.test(resourceType),
      )
      expect(recorded.map(({ meta }) => meta.tag[0]?.code)).not.toContain('R1H')
      expect(recorded.map(({ meta }) => meta.tag[0]?.code)).not.toContain('RQX')
    }
    const atHospitals = elsewhere.filter((record) => hospitalOf(record) !== undefined)
    for (const { bundle } of atHospitals) {
      const patients = bundle.entry.filter(({ resource }) => resource.resourceType === 'Patient')
      expect(patients).toHaveLength(1)
    }
  })

  it('gives a few people long histories, so that paging matters', () => {
    const long = all.filter(({ bundle }) => {
      const results = bundle.entry.filter((entry) => 'specimen' in entry.resource)
      return results.length > 300
    })
    expect(long.length).toBeGreaterThanOrEqual(3)
  })

  it('uses NHS numbers of the test range with a valid check digit only', () => {
    const wrong = new Set<number>()
    all.forEach(({ bundle }, index) => {
      walk(bundle, (object) => {
        if (object['system'] !== NHS_NUMBER) return
        const value = String(object['value'])
        if (!/^999\d{7}$/.test(value) || !isModulus11(value)) wrong.add(index)
      })
    })
    expect(wrong.size).toBe(0)
  })

  it('carries only SNOMED CT codes whose check digit is right', () => {
    const codes = new Set<string>()
    for (const { bundle } of all) {
      walk(bundle, (object) => {
        if (object['system'] === SNOMED) codes.add(String(object['code']))
      })
    }
    expect(codes.size).toBeGreaterThan(120)
    expect([...codes].filter((code) => !isVerhoeff(code))).toEqual([])
  })

  it('names one display for each code', () => {
    const displays = new Map<string, Set<unknown>>()
    for (const { bundle } of all) {
      walk(bundle, (object) => {
        if (object['system'] !== SNOMED) return
        const known = displays.get(String(object['code'])) ?? new Set()
        displays.set(String(object['code']), known.add(object['display']))
      })
    }
    expect([...displays].filter(([, names]) => names.size > 1).map(([code]) => code)).toEqual([])
  })
})

function isModulus11(number: string): boolean {
  const sum = [...number.slice(0, 9)].reduce(
    (at, digit, index) => at + Number(digit) * (10 - index),
    0,
  )
  return (11 - (sum % 11)) % 11 === Number(number.charAt(9))
}

/** Multiplication of the dihedral group of ten elements: five rotations, five reflections. */
function turn(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)
  return b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5
}

function isVerhoeff(code: string): boolean {
  const shift = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
  let check = 0
  const digits = [...code].reverse().map(Number)
  digits.forEach((digit, place) => {
    let moved = digit
    for (let times = 0; times < place % 8; times++) moved = shift[moved] ?? 0
    check = turn(check, moved)
  })
  return check === 0 && /^\d{6,18}$/.test(code)
}
