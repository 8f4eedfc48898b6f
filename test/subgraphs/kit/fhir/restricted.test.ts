import { describe, expect, it } from 'vitest'
import { isRestricted } from '../../../../subgraphs/kit/fhir/restricted.ts'
import { diagnosis } from './examples/diagnosis.ts'
import { onlyItem } from './mapping-context.ts'

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

function labelled(...security: object[]) {
  return { ...diagnosis, meta: { security } }
}

describe('isRestricted', () => {
  it.each([
    [ACT, 'STD'],
    [ACT, 'HIV'],
    [ACT, 'SEX'],
    [ACT, 'GENDER'],
    [CONFIDENTIALITY, 'R'],
    [CONFIDENTIALITY, 'V'],
    ['http://hl7.org/fhir/v3/ActCode', 'HIV'],
    [undefined, 'HIV'],
    [undefined, 'R'],
    [ACT, ' hiv '],
  ])('holds back what is labelled %s %s', (system, code) => {
    expect(isRestricted(labelled({ system: ACT, code: 'ETH' }, { system, code }))).toBe(true)
    expect(onlyItem(labelled({ system, code })).isRestricted).toBe(true)
  })

  it.each([
    [CONFIDENTIALITY, 'N'],
    [ACT, 'R'],
    [ACT, 'PSY'],
    ['https://example.org/labels', 'SEX'],
  ])('lets through what is labelled %s %s', (system, code) => {
    expect(isRestricted(labelled({ system, code }))).toBe(false)
  })

  it('lets through what has no label, and does not stumble over a spoilt one', () => {
    expect(isRestricted(diagnosis)).toBe(false)
    expect(isRestricted({ ...diagnosis, meta: { security: ['R', null, { code: 5 }] } })).toBe(false)
  })
})
