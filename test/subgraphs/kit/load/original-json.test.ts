import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { originalJson } from '../../../../subgraphs/kit/load/read/original-json.ts'

const canonical = (json: string) => JSON.stringify(JSON.parse(json))

describe('the JSON that is kept of a resource', () => {
  it('keeps the precision of decimals, which reading and writing would lose', () => {
    const written = '{"value":5.0,"low":1.50,"high":1e2,"text":"a"}'
    expect(originalJson(written, canonical(written))).toBe(written)
  })

  it('is the resource alone, out of the entry around it', () => {
    const entry =
      '{ "fullUrl": "resource", "x": {"resource": 1}, "resource" : {"v": 5.0, "a\\"": "}"} }'
    expect(originalJson(entry, '{"v":5,"a\\"":"}"}')).toBe('{"v":5.0,"a\\"":"}"}')
  })

  it('leaves out the white space between parts, and none within', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (resource) => {
        const expected = canonical(JSON.stringify(resource))
        expect(originalJson(JSON.stringify(resource, null, '\t'), expected)).toBe(expected)
      }),
    )
  })

  it('copes with a document of many megabytes', () => {
    const written = `{ "data": "${'A\\\\'.repeat(4_000_000)}" }`
    expect(originalJson(written, '').length).toBe(written.length - 3)
  })
})
