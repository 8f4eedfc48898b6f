import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Resource } from '../../population/fhir.ts'
import { generatePopulation } from '../../population/generate-population.ts'
import { stories, storyOf } from '../../population/stories/stories.ts'
import { bundlesOf } from '../../population/stories/story.ts'

const asOf = new Date('2026-11-22T09:00:00Z')

const recordOf = (key: string): { participant: string; resource: Resource }[] =>
  [...bundlesOf(storyOf(key), asOf)].flatMap(({ participant, bundle }) =>
    bundle.entry.map(({ resource }) => ({ participant, resource })),
  )

const ofType = (key: string, resourceType: string) =>
  recordOf(key).filter((each) => each.resource.resourceType === resourceType)

const codeOf = (resource: Resource) =>
  (resource['code'] as { coding?: { code: string }[] } | undefined)?.coding?.[0]?.code

describe('the story patients', () => {
  it('are held by exactly the participants that they name, in the population too', () => {
    const generated = new Map<string, string[]>()
    for (const { participant, bundle } of generatePopulation({ seed: 1, patients: 0, asOf })) {
      const patient = bundle.entry.find((entry) => entry.resource.resourceType === 'Patient')
      if (patient === undefined) continue
      const identifiers = patient.resource['identifier'] as { value: string }[]
      const number = identifiers[0]?.value ?? ''
      // A hospital with a system of its own is of its participant.
      const known = new Set(generated.get(number)).add(participant)
      generated.set(number, [...known])
    }
    for (const story of stories) {
      const numbers = [story.nhsNumber, ...(story.formerNhsNumber ? [story.formerNhsNumber] : [])]
      const holders = numbers.flatMap((number) => generated.get(number) ?? [])
      expect(holders.sort(), story.key).toEqual([...story.holders].sort())
    }
  })

  it('have one number each and are all in the documentation', () => {
    expect(new Set(stories.map((story) => story.nhsNumber)).size).toBe(stories.length)
    const document = readFileSync('docs/story-patients.md', 'utf8')
    for (const { key, name, nhsNumber, holders } of stories) {
      const row = document.split('\n').find((line) => line.includes(nhsNumber)) ?? ''
      expect(row.includes(name), key).toBe(true)
      for (const holder of holders) expect(row.includes(holder), `${key} ${holder}`).toBe(true)
    }
  })

  it('are each registered with a practice', () => {
    for (const story of stories) {
      for (const { resource } of ofType(story.key, 'Patient')) {
        const [practice] = resource['generalPractitioner'] as { identifier: { value: string } }[]
        expect(practice?.identifier.value, story.key).toMatch(/^[A-Z]\d{5}$/)
      }
    }
  })

  it('Ada has over sixty results at three participants or more, some at the same moment', () => {
    const results = ofType('ada', 'Observation').filter(({ resource }) => 'specimen' in resource)
    expect(results.length).toBeGreaterThan(60)
    expect(new Set(results.map((each) => each.participant)).size).toBeGreaterThanOrEqual(3)
    const holdersAt = new Map<unknown, Set<string>>()
    for (const { participant, resource } of results) {
      const moment = resource['effectiveDateTime']
      holdersAt.set(moment, (holdersAt.get(moment) ?? new Set()).add(participant))
    }
    expect([...holdersAt.values()].filter((each) => each.size > 1).length).toBeGreaterThan(2)
  })

  it('Ada has allergies and medicines at three participants or more', () => {
    const holders = (...types: string[]) =>
      new Set(types.flatMap((type) => ofType('ada', type)).map((each) => each.participant)).size
    expect(holders('AllergyIntolerance')).toBeGreaterThanOrEqual(3)
    expect(holders('MedicationStatement', 'MedicationRequest')).toBeGreaterThanOrEqual(3)
  })

  it('Ada has something in every section', () => {
    const types = new Set(recordOf('ada').map((each) => each.resource.resourceType))
    for (const type of [
      'AllergyIntolerance',
      'MedicationStatement',
      'Immunization',
      'Condition',
      'DiagnosticReport',
      'ImagingStudy',
      'Observation',
      'Procedure',
      'Appointment',
      'Encounter',
      'DocumentReference',
      'CarePlan',
      'EpisodeOfCare',
      'Task',
      'DeviceRequest',
      'Flag',
      'ServiceRequest',
    ]) {
      expect(types, type).toContain(type)
    }
  })

  it('Kwame has the old number in one source, which names the new one', () => {
    const patients = ofType('kwame', 'Patient')
    const old = patients.find((each) => each.participant === 'nel')?.resource
    expect(old?.['link']).toMatchObject([
      { type: 'replaced-by', other: { identifier: { value: storyOf('kwame').nhsNumber } } },
    ])
  })

  it('Lucy has the same allergy and the same medicine in two sources', () => {
    for (const type of ['AllergyIntolerance', 'MedicationStatement']) {
      const found = ofType('lucy', type)
      expect(found.map((each) => each.participant)).toEqual(['nwl', 'clch'])
      const [first, second] = found.map(
        ({ resource }) => resource['medicationCodeableConcept'] ?? resource['code'],
      )
      expect(first).toEqual(second)
    }
  })

  it('Mohammed has no known allergy in one source and anaphylaxis in another', () => {
    const found = ofType('mohammed', 'AllergyIntolerance')
    expect(found.map(({ participant, resource }) => [participant, codeOf(resource)])).toEqual([
      ['sel', '716186003'],
      ['swl', '91936005'],
    ])
  })

  it('Nadia has one result twice under one identifier, and a pair that only looks alike', () => {
    const results = ofType('nadia', 'Observation').map((each) => each.resource)
    const of = (code: string) => results.filter((each) => codeOf(each) === code)
    const [sugar, sameSugar] = of('999791000000106')
    expect(sugar?.['identifier']).toEqual(sameSugar?.['identifier'])
    expect(sugar?.['effectiveDateTime']).toBe(sameSugar?.['effectiveDateTime'])
    const [protein, alike] = of('1001371000000100')
    expect(protein?.['valueQuantity']).toEqual(alike?.['valueQuantity'])
    expect(protein?.['identifier']).not.toEqual(alike?.['identifier'])
  })

  it('Rosa is in the emergency department at Camberwell now', () => {
    const [visit] = ofType('rosa', 'Encounter')
    expect(visit?.participant).toBe('sel')
    expect(visit?.resource).toMatchObject({ status: 'in-progress', class: { code: 'EMER' } })
    expect(visit?.resource['period']).not.toHaveProperty('end')
  })

  it('George, Halima and Ian have objections upheld, not upheld and under review', () => {
    const statuses = ['george', 'halima', 'ian'].map(
      (key) => ofType(key, 'Consent')[0]?.resource['status'],
    )
    expect(statuses).toEqual(['active', 'rejected', 'proposed'])
  })

  it('Dele, Eleni and Frances carry every kind of excluded item, labelled and not', () => {
    const resources = ['dele', 'eleni', 'frances'].flatMap(recordOf).map((each) => each.resource)
    const labels = resources.flatMap((each) => each.meta.security ?? []).map((each) => each.code)
    expect([...new Set(labels)].sort()).toEqual(['GENDER', 'HIV', 'R', 'SEX', 'STD', 'V'])
    const codes = resources.map(codeOf)
    expect(codes).toEqual(
      expect.arrayContaining(['31676001', '86406008', '63487001', '386639001', '93461009']),
    )
    expect(resources.some((each) => codeOf(each) === '31676001' && !each.meta.security)).toBe(true)
  })

  it('Uma is known to two hospitals of one region, whose AllergyIntolerance/7 is another each', () => {
    const found = [...bundlesOf(storyOf('uma'), asOf)].flatMap(({ bundle }) => bundle.entry)
    const allergies = found.filter(({ resource }) => resource.resourceType === 'AllergyIntolerance')
    expect(allergies.map(({ fullUrl, resource }) => [fullUrl, codeOf(resource)])).toEqual([
      ['https://fhir.barts.example.nhs.uk/R4/AllergyIntolerance/7', '91936005'],
      ['https://fhir.homerton.example.nhs.uk/R4/AllergyIntolerance/7', '91938006'],
    ])
    const patients = found.filter(({ resource }) => resource.resourceType === 'Patient')
    const numbers = patients.map(({ resource }) => resource['identifier'] as { value: string }[])
    expect(numbers.map(([first]) => first?.value)).toEqual(Array(3).fill(storyOf('uma').nhsNumber))
  })

  it('Thomas has more than three hundred results', () => {
    const results = ofType('thomas', 'Observation').filter(({ resource }) => 'specimen' in resource)
    expect(results.length).toBeGreaterThan(300)
  })
})
