import { describe, expect, it } from 'vitest'
import { longTermConditions } from '../../population/codes/conditions.ts'
import { type Bundle, instantOf, ODS, type Resource } from '../../population/fhir.ts'
import { generatePopulation } from '../../population/generate-population.ts'
import { hospitalSystemsOf } from '../../population/hospital-systems.ts'
import { participantOf } from '../../population/participants.ts'
import { stories } from '../../population/stories/stories.ts'
import { bundlesOf } from '../../population/stories/story.ts'
import { datesIn, walk } from './walk.ts'

const asOf = new Date('2027-03-01T00:07:41.500Z')
const all = [...generatePopulation({ seed: 1, patients: 1000, asOf })]
const isRecord = ({ bundle }: (typeof all)[number]) =>
  bundle.entry.some((entry) => entry.resource.resourceType === 'Patient')
const records = all.filter(isRecord)
/** Of which system a bundle is: the participant, or the address of a hospital's own. */
const systemOf = ({ participant, bundle }: (typeof all)[number]) =>
  hospitalSystemsOf(participant).find(({ base }) => bundle.entry[0]?.fullUrl.startsWith(`${base}/`))
    ?.base ?? participant
const directories = new Map(
  all.filter((each) => !isRecord(each)).map((each) => [systemOf(each), each.bundle]),
)

const patientOf = (resources: readonly { resource: Resource }[]) => {
  const patient = resources.find((entry) => entry.resource.resourceType === 'Patient')
  if (patient === undefined) throw new Error('a bundle has no patient')
  return patient.resource
}

const directory = new Set(['Organization', 'Practitioner'])

describe('the demo population', () => {
  it('has nothing before birth, after death or after now, but for booked appointments', () => {
    const misplaced: string[] = []
    for (const { participant, bundle } of records) {
      const patient = patientOf(bundle.entry)
      const born = String(patient['birthDate'])
      const end = String(patient['deceasedDateTime'] ?? instantOf(asOf))
      for (const { resource } of bundle.entry) {
        if (directory.has(resource.resourceType)) continue
        const isBooked = resource['status'] === 'booked'
        for (const { path, date } of datesIn(resource)) {
          if (isBooked && /^\.(start|end)$/.test(path)) continue
          const isEarly = date.slice(0, 10) < born
          const isLate = date > end.slice(0, date.length)
          if (isEarly || isLate) misplaced.push(`${participant} ${resource.resourceType}${path}`)
        }
      }
    }
    expect([...new Set(misplaced)]).toEqual([])
  })

  it('ends nothing before it starts', () => {
    const reversed = new Set<string>()
    for (const { bundle } of all) {
      walk(bundle, (object, path) => {
        const { start, end } = object
        if (typeof start === 'string' && typeof end === 'string' && end < start) reversed.add(path)
      })
    }
    expect([...reversed]).toEqual([])
  })

  it('resolves every reference inside its bundle or, if it is no URN, in the directory', () => {
    const listed = new Map<string, Set<string>>()
    for (const [system, bundle] of directories) listed.set(system, targetsIn(bundle))
    const dangling = new Set<string>()
    for (const each of records) {
      const { participant, bundle } = each
      const targets = targetsIn(bundle)
      const apart = listed.get(systemOf(each))
      for (const { resource } of bundle.entry) {
        const contained = (resource['contained'] ?? []) as { id: string }[]
        const inside = new Set(contained.map(({ id }) => `#${id}`))
        walk(resource, ({ reference }, path) => {
          if (typeof reference !== 'string') return
          if (targets.has(reference) || inside.has(reference)) return
          if (/^urn:|^#/.test(reference) || !apart?.has(reference)) {
            dangling.add(`${participant} ${resource.resourceType}${path}`)
          }
        })
      }
    }
    expect([...dangling]).toEqual([])
  })

  it('lets a story refer to nothing outside of its bundle', () => {
    const outside = new Set<string>()
    for (const story of stories) {
      for (const { participant, bundle } of bundlesOf(story, asOf)) {
        const targets = targetsIn(bundle)
        walk(bundle, ({ reference }, path) => {
          if (typeof reference !== 'string' || reference.startsWith('#')) return
          if (!targets.has(reference)) outside.add(`${story.key} ${participant} ${path}`)
        })
      }
    }
    expect([...outside]).toEqual([])
  })

  it('writes references in every way that a loader must resolve', () => {
    const ways = new Set<string>()
    for (const { bundle } of all) {
      walk(bundle, ({ reference }) => {
        if (typeof reference === 'string')
          ways.add(/^(urn:uuid:|#|\w+\/|\w+\?)/.exec(reference)?.[0].at(-1) ?? '')
      })
    }
    expect([...ways].sort()).toEqual(['#', '/', ':', '?'])
  })

  it('tags every resource with an organisation of its participant or of the directory', () => {
    const stray = new Set<string>()
    for (const { participant, bundle } of all) {
      const own = new Set(participantOf(participant).organisations.map((each) => each.odsCode))
      for (const { resource } of bundle.entry) {
        const tag = resource.meta.tag[0]
        if (tag?.system !== ODS) stray.add(resource.resourceType)
        else if (!own.has(tag.code) && !directory.has(resource.resourceType)) {
          stray.add(`${participant} ${resource.resourceType} ${tag.code}`)
        }
      }
    }
    expect([...stray]).toEqual([])
  })

  it('gives a resource one identity in a system, and repeats only identical ones', () => {
    const known = new Map<string, string>()
    const clashes = new Set<string>()
    for (const each of all) {
      for (const { resource } of each.bundle.entry) {
        const key = `${systemOf(each)} ${resource.resourceType}/${resource.id}`
        const isDirectory = directory.has(resource.resourceType)
        const content = isDirectory ? JSON.stringify(resource) : ''
        if (known.has(key) && !(isDirectory && known.get(key) === content)) clashes.add(key)
        known.set(key, content)
      }
    }
    expect([...clashes]).toEqual([])
  })

  it('gives no condition to people whom it cannot meet', () => {
    const sexOf = new Map<string, string>()
    for (const condition of Object.values(longTermConditions)) {
      if ('sex' in condition) sexOf.set(condition.coding.code, condition.sex)
    }
    expect(sexOf.size).toBeGreaterThan(0)
    const wrong = new Set<string>()
    for (const { bundle } of records) {
      const gender = patientOf(bundle.entry)['gender']
      for (const { resource } of bundle.entry) {
        if (resource.resourceType !== 'Condition') continue
        const { coding } = resource['code'] as { coding: { code: string; display: string }[] }
        const sex = sexOf.get(coding[0]?.code ?? '')
        if (sex !== undefined && sex !== gender) wrong.add(coding[0]?.display ?? '')
      }
    }
    expect([...wrong]).toEqual([])
  })
})

/** Whatever a reference may say to mean an entry of the bundle. */
function targetsIn(bundle: Bundle): Set<string> {
  const targets = new Set<string>()
  for (const { fullUrl, resource } of bundle.entry) {
    targets.add(fullUrl)
    targets.add(`${resource.resourceType}/${resource.id}`)
    for (const { system, value } of (resource['identifier'] ?? []) as Record<string, string>[]) {
      targets.add(`${resource.resourceType}?identifier=${system}|${value}`)
    }
  }
  return targets
}
