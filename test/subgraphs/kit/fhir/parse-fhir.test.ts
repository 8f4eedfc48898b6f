import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { element } from '../../../../subgraphs/kit/fhir/elements.ts'
import { parseFhir, writtenValue } from '../../../../subgraphs/kit/fhir/parse-fhir.ts'

describe('parseFhir', () => {
  it.each([
    ['{"value":5.0}', 5, '5.0'],
    ['{ "value" : 1.50, "unit": "mg" }', 1.5, '1.50'],
    ['{"value":1e2}', 100, '1e2'],
    ['{"value":0.0000001}', 1e-7, '0.0000001'],
    ['{"value":9007199254740993}', 9007199254740992, '9007199254740993'],
    ['{"value":-0.10}', -0.1, '-0.10'],
  ])('keeps the digits that a number loses: %s', (json, value, digits) => {
    const read = element(parseFhir(json))
    expect(read['value']).toBe(value)
    expect(writtenValue(read)).toBe(digits)
    expect(writtenValue({ ...read })).toBe(digits)
  })

  it('keeps them of each element by itself', () => {
    const read = element(
      parseFhir('{"low":{"value":3.50},"high":{"value":5.3},"at":[{"value":1.0}]}'),
    )
    expect(writtenValue(element(read['low']))).toBe('3.50')
    expect(writtenValue(element(read['high']))).toBeNull()
  })

  it('takes nothing for a number that stands in words, and no words of a source for its own', () => {
    const words = '{"text":"\\"value\\": 5.0","value":"6.0"}'
    expect(parseFhir(words)).toStrictEqual(JSON.parse(words))
    const forged = '{"value":5,"value as written":"7.0","low":{"value":1.0}}'
    expect(writtenValue(element(parseFhir(forged)))).toBeNull()
  })

  it('reads everything else as JSON is read', () => {
    const key = fc.constantFrom('value', '_value', 'unit', '"value":1.0', 'value as')
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(null, true, '"value": 5.0', '\\', 'value'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(tree, fc.constantFrom('', '\t'), (value, indent) => {
        const json = JSON.stringify(value, null, indent).replaceAll(/: (\d+)(,?)$/gm, ': $1.0$2')
        expect(JSON.stringify(parseFhir(json))).toBe(JSON.stringify(JSON.parse(json)))
      }),
    )
  })

  it('refuses what is no JSON', () => {
    expect(() => parseFhir('{"value":5.0')).toThrow(SyntaxError)
  })
})
