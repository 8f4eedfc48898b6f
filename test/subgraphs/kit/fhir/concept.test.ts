import { describe, expect, it } from 'vitest'
import { codesOf, concept, conceptKey } from '../../../../subgraphs/kit/fhir/concept.ts'

const read = { system: 'http://read.info/readv2', code: 'H33..', display: 'Asthma (Read)' }
const snomed = { system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }

describe('concept', () => {
  it('prefers SNOMED CT wherever it stands, and keeps every coding in the source’s order', () => {
    expect(concept({ coding: [read, snomed] })).toEqual({
      display: 'Asthma',
      code: '195967001',
      system: 'http://snomed.info/sct',
      text: null,
      codings: [read, snomed],
    })
  })

  it('prefers the first coding where there is no SNOMED CT', () => {
    expect(concept({ coding: [read, { code: 'J45' }] })).toMatchObject({ code: 'H33..' })
  })

  it.each([
    ['the source’s own words', { coding: [snomed], text: 'Wheezy' }, 'Wheezy'],
    ['the preferred coding’s name', { coding: [read, snomed] }, 'Asthma'],
    [
      'another coding’s name',
      { coding: [read, { ...snomed, display: undefined }] },
      'Asthma (Read)',
    ],
    ['the code', { coding: [{ system: 'http://loinc.org', code: '1-8' }] }, '1-8'],
  ])('shows %s', (_, source, display) => {
    expect(concept(source)?.display).toBe(display)
  })

  it.each([
    [null],
    ['Asthma'],
    [[snomed]],
    [{}],
    [{ coding: [] }],
    [{ coding: [{}] }],
    [{ text: ' ' }],
  ])('finds nothing in %j', (source) => {
    expect(concept(source)).toBeNull()
  })
})

describe('codesOf', () => {
  it('gives every code once', () => {
    const codes = codesOf([
      concept({ coding: [read, snomed] }),
      null,
      concept({ coding: [snomed] }),
    ])
    expect(codes).toEqual(['H33..', '195967001'])
  })
})

describe('conceptKey', () => {
  it('compares codes where there are any, else words without regard to case', () => {
    expect(conceptKey(concept({ coding: [read, snomed] }))).toBe(
      conceptKey(concept({ coding: [snomed], text: 'Wheezy' })),
    )
    expect(conceptKey(concept({ text: ' Asthma' }))).toBe(conceptKey(concept({ text: 'asthma' })))
    expect(conceptKey(null)).toBeNull()
  })
})
