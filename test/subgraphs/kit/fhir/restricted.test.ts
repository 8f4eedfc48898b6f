import { describe, expect, it } from 'vitest'
import { mapResource } from '../../../../subgraphs/kit/fhir/map-resource.ts'
import { carePlan } from './examples/care-plan.ts'
import { diagnosis } from './examples/diagnosis.ts'
import { document } from './examples/document.ts'
import { encounter } from './examples/encounter.ts'
import { prescription } from './examples/medication.ts'
import { procedure } from './examples/procedure.ts'
import { report, result } from './examples/result.ts'
import { contextOf, onlyItem } from './mapping-context.ts'

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

function labelled(...security: object[]) {
  return { ...diagnosis, meta: { security } }
}

describe('a labelled resource', () => {
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
    const labels = [
      { system: ACT, code: 'ETH' },
      { system, code },
    ]
    expect(onlyItem(labelled(...labels)).isRestricted).toBe(true)
  })

  it.each([
    [CONFIDENTIALITY, 'N'],
    [ACT, 'R'],
    [ACT, 'PSY'],
    ['https://example.org/labels', 'SEX'],
  ])('lets through what is labelled %s %s', (system, code) => {
    expect(onlyItem(labelled({ system, code })).isRestricted).toBe(false)
  })

  it('lets through what has no label, and does not stumble over a spoilt one', () => {
    const spoilt = { ...diagnosis, meta: { security: ['R', null, { code: 5 }] } }
    expect(onlyItem(diagnosis).isRestricted).toBe(false)
    expect(onlyItem(spoilt).isRestricted).toBe(false)
  })
})

describe('what refers to something that is never shared', () => {
  const hidden = (resourceType: string, content: object) => ({
    resourceType,
    id: 'hidden',
    meta: { security: [{ system: ACT, code: 'HIV' }] },
    ...content,
  })

  it('does not tell it as its reason, by code or by the reference’s own words', () => {
    const context = contextOf({ resources: [hidden('Condition', { code: { text: 'Secret' } })] })
    const pointer = { reference: 'Condition/hidden', display: 'Secret' }
    for (const resource of [
      { ...prescription, reasonReference: [pointer] },
      { ...encounter, diagnosis: [{ condition: pointer }] },
      { ...carePlan, addresses: [pointer] },
      { ...procedure, complicationDetail: [pointer] },
    ]) {
      expect(JSON.stringify(onlyItem(resource, context))).not.toContain('Secret')
    }
  })

  it('does not tell it as its plan, medicine, file, encounter, place or specimen', () => {
    const context = contextOf({
      resources: [
        hidden('Goal', { description: { text: 'Secret' } }),
        hidden('ServiceRequest', { code: { text: 'Secret' } }),
        hidden('Medication', { code: { text: 'Secret' } }),
        hidden('Binary', { contentType: 'text/plain', data: 'U2VjcmV0' }),
        hidden('Encounter', {}),
        hidden('Location', { name: 'Secret' }),
        hidden('Specimen', { type: { text: 'Secret' } }),
      ],
    })
    const to = (type: string) => ({ reference: `${type}/hidden`, display: 'Secret' })
    for (const resource of [
      { ...carePlan, goal: [to('Goal')], activity: [{ reference: to('ServiceRequest') }] },
      { ...prescription, medicationReference: to('Medication') },
      { ...document, content: [{ attachment: { url: 'Binary/hidden' } }] },
      { ...diagnosis, encounter: to('Encounter') },
      { ...encounter, location: [{ location: to('Location') }] },
      { ...result, specimen: to('Specimen') },
    ]) {
      expect(JSON.stringify(onlyItem(resource, context))).not.toMatch(/Secret|U2VjcmV0|hidden/)
    }
  })

  it('holds back a result inside a restricted report, whatever label it has itself', () => {
    const contained = [{ ...report.contained[0], meta: { security: [] } }]
    const labels = { meta: { security: [{ system: ACT, code: 'STD' }] } }
    const items = mapResource({ ...report, ...labels, contained }, contextOf())
    expect(items.map((item) => item.isRestricted)).toEqual([true, true])
  })
})
