import { describe, expect, it } from 'vitest'
import type { FhirResource } from '../../../../../subgraphs/kit/fhir/resource.ts'
import {
  adverseEvent,
  answers,
  deviceUse,
  familyHistory,
  impression,
  risk,
} from '../examples/statements.ts'
import { contextOf, onlyItem, words } from '../mapping-context.ts'

const linesOf = (resource: FhirResource, context = contextOf()) => {
  const [file] = onlyItem(resource, context).item['attachments'] as { text: string }[]
  return file?.text.split('\n') ?? []
}

describe('clinical statements that have no section of their own', () => {
  it.each([
    [familyHistory, 'Family history', 'Family history: Mother'],
    [answers, 'Answers to a questionnaire', 'Answers to a questionnaire'],
    [impression, 'Clinical impression', 'Clinical impression: History taking'],
    [risk, 'Risk assessment', 'Risk assessment: Cardiovascular risk'],
    [adverseEvent, 'Adverse event', 'Adverse event: Wrong dose drawn up'],
    [deviceUse, 'Use of a device', 'Use of a device: Walking frame'],
  ] as const)('are documents under the name of what they are: %#', (resource, code, title) => {
    const { section, item } = onlyItem(resource)
    expect({ section, ...item }).toMatchObject({ section: 'documents', code: words(code), title })
  })

  it('tell of a relative’s illness with all that is known of it', () => {
    expect(linesOf(familyHistory)).toEqual(
      expect.arrayContaining([
        ...['Relationship: Mother', 'Deceased: 51 years', 'Condition:', '  Code: Breast cancer'],
        ...['  Outcome: Died', '  Contributed to death: yes', '  Onset: 45 years'],
        '  Note: Left side',
      ]),
    )
  })

  it('give each answer behind its question, as deep as the form is', () => {
    expect(linesOf(answers).slice(-4)).toEqual([
      'Falls:',
      '  Fallen in the last year? yes',
      '    How often? 3',
      '  Aids: Frame',
    ])
  })

  it('say what is foreseen, how likely, and until when', () => {
    expect(linesOf(risk)).toEqual(
      expect.arrayContaining([
        ...['Prediction:', '  Outcome: Heart attack or stroke', '  Probability: 23.5'],
        ...['  Qualitative risk: high', '  When: up to 10 years', 'Mitigation: Statin offered'],
      ]),
    )
  })

  it('say that an event did not reach the patient', () => {
    expect(linesOf(adverseEvent)).toContain('Actuality: potential')
  })

  it.each([
    ['ENTERED_IN_ERROR', { ...familyHistory, status: 'entered-in-error' }],
    ['CURRENT', { ...answers, status: 'in-progress' }],
    ['CURRENT', adverseEvent],
  ])('are %s by their own state', (status, resource) => {
    expect(onlyItem(resource).status).toBe(status)
  })

  it('name nothing that is never shared', () => {
    const hidden = {
      resourceType: 'Condition',
      id: 'hidden',
      code: { text: 'Hidden condition' },
      meta: {
        security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }],
      },
    }
    const pointer = { reference: 'Condition/hidden', display: 'Hidden condition' }
    const context = contextOf({ resources: [hidden] })
    for (const one of [
      { ...risk, condition: pointer },
      { ...impression, problem: [pointer] },
    ]) {
      expect(context.isExcluded(hidden)).toBe(true)
      expect(JSON.stringify(linesOf(one, context))).not.toContain('Hidden')
    }
  })

  it('say where a form is nested deeper than they go', () => {
    expect(linesOf(nested(40)).at(-1)?.trim()).toBe('(more, nested deeper: see the source)')
  })

  it.each([
    ['what has another shape', { ...risk, prediction: 'high', basis: [null, 7, { a: { b: 1 } }] }],
    [
      'answers that are none',
      { ...answers, item: [{ answer: [{}, null, { valueQuantity: {} }] }] },
    ],
  ])('throw at nothing: %s', (_what, resource) => {
    expect(() => onlyItem(resource as FhirResource)).not.toThrow()
  })
})

function nested(depth: number): FhirResource {
  let item: object = { text: 'deepest', answer: [{ valueBoolean: true }] }
  for (let level = 0; level < depth; level++) item = { text: 'x', item: [item] }
  return { ...answers, item: [item] } as unknown as FhirResource
}
