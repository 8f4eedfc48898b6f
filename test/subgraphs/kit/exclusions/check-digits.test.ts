import { describe, expect, it } from 'vitest'
import { isConceptId, isLoincCode } from '../../../../subgraphs/kit/exclusions/check-digits.ts'

describe('the identifier of a SNOMED CT concept', () => {
  it.each(['86406008', '5880005', '138875005', '999004381000000103', '1240241000000109', '100005'])(
    'is known by its form and check digit: %s',
    (id) => expect(isConceptId(id)).toBe(true),
  )

  it.each([
    ['86406009', 'another check digit'],
    ['86406080', 'digits that changed places'],
    ['086406008', 'a zero in front'],
    ['1.02E+15', 'a spreadsheet’s number'],
    ['86406008 ', 'a blank behind'],
    ['', 'nothing'],
    ['10004', 'too few digits'],
    ['1240241000000109000', 'too many digits'],
    ['2549025016', 'a description, not a concept'],
    ['999480561000087103', 'a namespace that changed'],
    ['abc', 'letters'],
  ])('is refused: %s (%s)', (id) => expect(isConceptId(id)).toBe(false))

  it('is told from every other by one digit', () => {
    const id = '999004381000000103'
    const others = [...id].flatMap((digit, place) =>
      [...'0123456789']
        .filter((other) => other !== digit)
        .map((other) => id.slice(0, place) + other + id.slice(place + 1)),
    )
    expect(others.filter(isConceptId)).toEqual([])
  })
})

describe('a LOINC code', () => {
  it.each(['55277-8', '2345-7', '718-7'])('is known by its check digit: %s', (code) =>
    expect(isLoincCode(code)).toBe(true),
  )

  it.each(['55277-7', '55277', '55277-', '-8', '055277-8', '5.5E+04-8', ''])(
    'is refused: %s',
    (code) => expect(isLoincCode(code)).toBe(false),
  )
})
