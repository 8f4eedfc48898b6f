import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonSplitter, type Piece } from '../../../../subgraphs/kit/load/read/split-json.ts'

function split(text: string, portion = 3, maxPieceBytes?: number): Piece[] {
  const bytes = Buffer.from(text)
  const splitter = new JsonSplitter(maxPieceBytes)
  const pieces: Piece[] = []
  for (let at = 0; at < bytes.length; at += portion) {
    pieces.push(...splitter.push(bytes.subarray(at, at + portion)))
  }
  return [...pieces, ...splitter.end()]
}

const texts = (pieces: readonly Piece[]) => pieces.map(({ text }) => text)
const problems = (pieces: readonly Piece[]) => pieces.map(({ entry, problem }) => [entry, problem])

describe('cutting a stream of JSON', () => {
  it('gives every entry of a Bundle whole, wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(0, 2),
        (entries, portion, indent) => {
          const entry = entries.map((resource) => ({ resource }))
          const bundle = JSON.stringify({ resourceType: 'Bundle', id: 'a"\\', entry }, null, indent)
          const pieces = split(bundle, portion)
          expect(pieces.map(({ text }) => JSON.parse(text))).toEqual(JSON.parse(bundle).entry)
          expect(pieces.map((piece) => piece.entry)).toEqual(entries.map((_, index) => index))
        },
      ),
    )
  })

  it('knows a Bundle whose resourceType comes after its entries', () => {
    const pieces = split(
      '{"entry":[{"fullUrl":"a","resource":{}},{"resource":1}],"resourceType":"Bundle"}',
    )
    expect(texts(pieces)).toEqual(['{"fullUrl":"a","resource":{}}', '{"resource":1}'])
  })

  it('leaves a List whole, which has entries of another kind', () => {
    const late = '{"entry":[{"item":{"reference":"AllergyIntolerance/1"}}],"resourceType":"List"}'
    const early = '{"resourceType":"List","entry":[{"item":{"reference":"AllergyIntolerance/1"}}]}'
    expect(texts(split(late))).toEqual([late])
    expect(texts(split(early))).toEqual([early])
  })

  it('takes a resource that stands alone, several in a row, and an array of them', () => {
    expect(texts(split('{"a":1}\n{"b":[2]}'))).toEqual(['{"a":1}', '{"b":[2]}'])
    expect(texts(split('[{"a":1},{"b":"]"}]'))).toEqual(['{"a":1}', '{"b":"]"}'])
  })

  it('hands over elements that are no objects, so that they are counted', () => {
    const pieces = split('{"resourceType":"Bundle","entry":[null,"x",[1],{"a":1},5]}')
    expect(texts(pieces)).toEqual(['null', '"x"', '[1]', '{"a":1}', '5'])
  })

  it('reports where a Bundle breaks off, and keeps what came before', () => {
    const inEntry = split('{"resourceType":"Bundle","entry":[{"a":1},{"b":')
    expect(problems(inEntry)).toEqual([
      [0, null],
      [1, 'TRUNCATED'],
    ])
    const between = split('{"resourceType":"Bundle","entry":[{"a":1},')
    expect(problems(between)).toEqual([
      [0, null],
      [1, 'TRUNCATED'],
    ])
  })

  it('reports brackets that do not match, once', () => {
    expect(problems(split('{"resourceType":"Bundle","entry":[{"a":1}}, {"b":2}]}'))).toEqual([
      [0, null],
      [1, 'BROKEN_JSON'],
    ])
    expect(problems(split('<Bundle xmlns="http://hl7.org/fhir"/>'))).toEqual([
      [null, 'BROKEN_JSON'],
    ])
  })

  it('reports a piece that is too long, and goes on with the next', () => {
    const long = `{"a":"${'x'.repeat(200)}"}`
    const pieces = split(`{"resourceType":"Bundle","entry":[{"a":1},${long},{"b":2}]}`, 10, 100)
    expect(problems(pieces)).toEqual([
      [0, null],
      [1, 'TOO_LARGE'],
      [2, null],
    ])
    expect(texts(pieces)).toEqual(['{"a":1}', '', '{"b":2}'])
  })
})
