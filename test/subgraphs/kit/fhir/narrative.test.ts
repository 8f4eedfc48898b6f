import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../../subgraphs/kit/fhir/narrative.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { examples } from './examples/examples.ts'
import { contextOf, onlyItem, words } from './mapping-context.ts'

const said = (html: string, status = 'generated') => ({
  text: { status, div: `<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>` },
})

const NARRATED: readonly [string, FhirResource][] = [
  ['allergies', { resourceType: 'AllergyIntolerance', id: '1' }],
  ['medications', { resourceType: 'MedicationStatement', id: '1' }],
  ['immunisations', { resourceType: 'Immunization', id: '1' }],
  ['diagnoses', { resourceType: 'Condition', id: '1' }],
  ['procedures', { resourceType: 'Procedure', id: '1' }],
  ['observations', { resourceType: 'Observation', id: '1' }],
  ['testResults', { resourceType: 'DiagnosticReport', id: '1' }],
  ['safetyAlerts', { resourceType: 'Flag', id: '1' }],
  ['referrals', { resourceType: 'ServiceRequest', id: '1' }],
]

describe('the words of a narrative', () => {
  it.each([
    ['<p>Penicillin: <b>anaphylaxis</b></p>', 'Penicillin: anaphylaxis'],
    [
      '<table><tr><th>Drug</th><td>Aspirin</td></tr><tr><td>75&nbsp;mg</td></tr></table>',
      'Drug Aspirin\n75 mg',
    ],
    ['Nuts<br/>Eggs<br>\n Milk', 'Nuts\nEggs\nMilk'],
    ['<style>p { color: red }</style><!-- <p>no</p> --><p>Latex</p>', 'Latex'],
    ['K &lt; 3.5 &amp;lt; &#8805; &#x2265; &unheard;', 'K < 3.5 &lt; ≥ ≥ &unheard;'],
    ['<p>Latex</p><p title="never ends', 'Latex'],
    ['<script>alert(1)', null],
    ['<p> </p>', null],
  ])('of %s', (html, plain) => {
    expect(wordsOf(html)).toBe(plain)
  })

  it('are found in time, however much is left open', () => {
    for (const html of ['<', '<!--', '<style', '<a<', '&#']) {
      const started = performance.now()
      wordsOf(html.repeat(500_000))
      expect(performance.now() - started).toBeLessThan(5_000)
    }
  })
})

describe('an entry whose words stand in the narrative alone', () => {
  it.each(NARRATED)('is named by them: %s', (section, resource) => {
    const found = onlyItem({ ...resource, ...said('<p>Told by the narrative</p>') })
    expect(found.section).toBe(section)
    expect(found.item).toMatchObject({ code: words('Told by the narrative') })
  })

  it('names the substance and the medicine too, and makes look-alikes of equal words', () => {
    const allergy = { ...(NARRATED[0]?.[1] as FhirResource), ...said('<p>Brazil nuts</p>') }
    const medicine = { ...(NARRATED[1]?.[1] as FhirResource), ...said('<p>Warfarin</p>') }
    expect(onlyItem(allergy).item).toMatchObject({
      substance: words('Brazil nuts'),
      likeness: expect.any(String),
      notes: [],
    })
    expect(onlyItem(medicine).item).toMatchObject({ medication: words('Warfarin') })
  })

  it.each([
    ['a plan', 'CarePlan', { category: [{ text: 'Assessment' }] }],
    ['a plan without a category', 'CarePlan', {}],
    ['a report', 'DiagnosticReport', { code: { text: 'Chest X-ray' }, issued: '2026-01-01' }],
    ['an attendance', 'Encounter', {}],
  ])('has them as a note where something else names it: %s', (_, resourceType, more) => {
    const found = onlyItem({ resourceType, id: '1', ...more, ...said('<p>Step up in winter</p>') })
    expect(found.item['notes']).toEqual(['Step up in winter'])
  })

  it('has none where the source says that the narrative is empty', () => {
    const empty = onlyItem({ resourceType: 'Flag', id: '1', ...said('<p>No text</p>', 'empty') })
    expect(empty.item).toMatchObject({ code: null, notes: [] })
  })
})

describe('an entry with words of its own', () => {
  it.each(examples)('keeps them, and repeats no generated narrative: %s', (_, resource) => {
    const context = contextOf()
    const told = onlyItemOr(resource, context)
    expect(onlyItemOr({ ...resource, ...said('<p>All of it again</p>') }, context)).toEqual(told)
  })

  it('adds a narrative of which the source says that it tells more', () => {
    const flag = { resourceType: 'Flag', id: '1', code: { text: 'Dog' } }
    const found = onlyItem({ ...flag, ...said('<p>Bites on Fridays</p>', 'additional') })
    expect(found.item).toMatchObject({ code: words('Dog'), notes: ['Bites on Fridays'] })
  })

  it('never tells by the narrative what is never shared', () => {
    const hidden = { resourceType: 'Condition', id: 'hidden', code: { text: 'Chlamydia' } }
    const visit = {
      resourceType: 'Flag',
      id: '1',
      encounter: { reference: 'Condition/hidden' },
      ...said('<p>Chlamydia clinic</p>', 'additional'),
    }
    const context = {
      ...contextOf({ resources: [hidden] }),
      isExcluded: (one: FhirResource) => one.id === 'hidden',
    }
    expect(JSON.stringify(onlyItem(visit, context).item)).not.toContain('Chlamydia')
  })
})

function onlyItemOr(resource: FhirResource, context: ReturnType<typeof contextOf>) {
  try {
    return onlyItem(resource, context).item
  } catch {
    return null
  }
}
