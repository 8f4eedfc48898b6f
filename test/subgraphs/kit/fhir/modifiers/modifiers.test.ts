import { describe, expect, it } from 'vitest'
import { modifiers } from '../../../../../subgraphs/kit/fhir/modifiers/modifiers.ts'
import { r4Modifiers, typesRead } from './r4-definitions.ts'

describe('what becomes of modifier elements', () => {
  it('is decided for each that FHIR R4 defines in what is read, and for nothing else', () => {
    expect(typesRead().length).toBeGreaterThan(30)
    expect(Object.keys(modifiers).sort()).toEqual([...r4Modifiers()].sort())
  })
})
