import { describe, expect, it } from 'vitest'
import { clinicalTypes } from '../../subgraphs/kit/fhir/sections.ts'
import { mappedTypes, tried } from './fhir-elements/elements.ts'
import { findNotShown, notShownElements } from './fhir-elements/not-shown.ts'
import { elementsPage } from './fhir-elements/page.ts'

const types = new Map(mappedTypes.map((type) => [type, tried(type)]))
const all = [...types.values()].flat()
const unseen = all.filter(({ fields }) => fields.length === 0)

describe('docs/fhir-elements.md', () => {
  it('says of every element of every mapped type what becomes of it', async () => {
    expect(all.length).toBeGreaterThan(600)
    await expect(elementsPage(types)).toMatchFileSnapshot('../../docs/fhir-elements.md')
  })

  it('has a table of every type that a section reads', () => {
    const read = new Set(clinicalTypes)
    // It makes no entry of its own, and is read for what others state.
    read.delete('List')
    expect([...read].filter((type) => !types.has(type))).toEqual([])
  })

  it('gives a reason for each element that changes nothing', () => {
    expect(unseen.map(({ path }) => path).filter((path) => !findNotShown(path))).toEqual([])
  })

  it('declares nothing that is shown, and nothing that R4 does not define', () => {
    const used = new Set(unseen.map(({ path }) => findNotShown(path)?.[0]))
    expect(Object.keys(notShownElements).filter((key) => !used.has(key))).toEqual([])
  })
})
