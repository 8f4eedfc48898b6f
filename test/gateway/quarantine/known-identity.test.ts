import { describe, expect, it } from 'vitest'
import { contradicts } from '../../../gateway/quarantine/known-identity.ts'

const person = (birthDate: string | null, familyName: string | null) => ({ birthDate, familyName })
const index = person('1950-05-05', 'O’Neill-Smith')

describe('what contradicts the index', () => {
  it.each([
    ['another day of birth and another name', person('1950-05-06', 'Jones')],
    ['another day, written as a moment, and another name', person('1950-05-06T00:00:00Z', 'Jones')],
    ['another name that shares letters with it', person('1951-05-05', 'Neil')],
    ['another name that begins with the same letter', person('1951-05-05', 'Olsen')],
  ])('%s', (_case, other) => {
    expect(contradicts(index, other)).toBe(true)
    expect(contradicts(other, index)).toBe(true)
  })
})

describe('what contradicts nothing', () => {
  it.each([
    ['the same', index],
    ['a new name after a marriage', person('1950-05-05', 'Jones')],
    ['a day that was mistyped', person('1950-05-06', 'O’Neill-Smith')],
    ['a name in capitals, without accents or punctuation', person('1951-01-01', 'ONÉILL SMITH')],
    ['one half of a double name', person('1951-01-01', 'Smith')],
    ['an initial', person('1951-01-01', 'S.')],
    ['no name', person('1951-01-01', null)],
    ['a name without a letter', person('1951-01-01', '???')],
    ['no day', person(null, 'Jones')],
    ['a year alone', person('1951', 'Jones')],
    ['a month alone', person('1951-01', 'Jones')],
    ['nothing at all', person(null, null)],
  ])('%s', (_case, other) => {
    expect(contradicts(index, other)).toBe(false)
    expect(contradicts(other, index)).toBe(false)
  })
})
