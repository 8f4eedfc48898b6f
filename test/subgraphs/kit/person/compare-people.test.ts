import { describe, expect, it } from 'vitest'
import {
  agree,
  confirms,
  contradict,
  haveOtherGivenNames,
} from '../../../../subgraphs/kit/person/compare-people.ts'
import {
  saysNothing,
  toPerson,
  type WrittenPerson,
} from '../../../../subgraphs/kit/person/person.ts'

type Given = string | readonly string[] | null

function written(birthDate: string | null, family: string | null, given: Given = null) {
  const all = given === null ? [] : [given].flat()
  return { birthDate, name: { text: [...all, family ?? ''].join(' '), given: all, family } }
}

const person = (...parts: Parameters<typeof written>) => toPerson(written(...parts))
const known = person('1950-05-05', 'O’Neill-Smith', 'Ada')

describe('a recording that contradicts', () => {
  it.each([
    ['has another day of birth and another name', person('1950-05-06', 'Jones')],
    [
      'has another day, written as a moment, and another name',
      person('1950-05-06T00:00:00Z', 'Jones'),
    ],
    ['has another name that shares letters with it', person('1951-05-05', 'Neil')],
    ['has another name that begins with the same letter', person('1951-05-05', 'Olsen')],
    ['has the same given name', person('1971-01-01', 'Jones', 'Ada')],
  ])('%s', (_case, other) => {
    expect(contradict(known, other)).toBe(true)
    expect(contradict(other, known)).toBe(true)
    expect(confirms(known, other)).toBe(false)
  })
})

describe('a recording that contradicts nothing', () => {
  it.each([
    ['is the same', known],
    ['has a new name after a marriage', person('1950-05-05', 'Jones')],
    ['has a day that was mistyped', person('1950-05-06', 'O’Neill-Smith')],
    ['is in capitals, without accents or punctuation', person('1951-01-01', 'ONÉILL SMITH')],
    ['has one half of a double name', person('1951-01-01', 'Smith')],
    ['has an initial', person('1951-01-01', 'S.')],
    ['has no name', person('1951-01-01', null)],
    ['has a name without a letter', person('1951-01-01', '???')],
    ['has no day', person(null, 'Jones')],
    ['has a year alone', person('1951', 'Jones')],
    ['has a month alone', person('1951-01', 'Jones')],
    ['says nothing at all', person(null, null)],
  ])('%s', (_case, other) => {
    expect(contradict(known, other)).toBe(false)
    expect(contradict(other, known)).toBe(false)
  })
})

describe('a recording that confirms', () => {
  it.each<[string, WrittenPerson]>([
    ['has the same day and family name', written('1950-05-05', 'O’NEILL SMITH')],
    ['is a twin’s, whom these facts do not tell apart', written('1950-05-05', 'Smith', 'Bea')],
    ['has another family name and a given name of the same', written('1950-05-05', 'Jones', 'Ada')],
    [
      'has the family name as a former one',
      { ...written('1950-05-05', 'Jones', 'Bea'), formerNames: [{ family: 'Smith' }] },
    ],
    ['has day and month exchanged', written('1950-05-04', 'Smith', 'A.')],
    ['has the year alone, and both names', written('1950', 'Smith', ['Maria', 'Ada'])],
  ])('%s', (_case, other) => {
    expect(confirms(known, toPerson(other))).toBe(true)
  })

  it.each([
    ['has no date of birth', person(null, 'Smith', 'Ada')],
    ['has no name', person('1950-05-05', null)],
    ['has the same day, another family name and no given name', person('1950-05-05', 'Jones')],
    ['has the same day, and both names others', person('1950-05-05', 'Jones', 'Bea')],
    ['has both names, a generation apart', person('1980-11-23', 'Smith', 'Ada')],
    ['has a year that fits, and the family name alone', person('1950', 'Smith')],
    ['has a near day and another given name: a sister', person('1950-05-06', 'Smith', 'Bea')],
    ['has all alike but a year that is a parent’s', person('1980-05-05', 'O’Neill-Smith', 'Ada')],
    ['says nothing', person(null, null)],
  ])('does not where it %s', (_case, other) => {
    expect(confirms(known, other)).toBe(false)
  })
})

describe('what stands for nothing known', () => {
  it.each([
    ['a placeholder’s name', person('1950-05-05', 'Unknown', 'Unknown')],
    ['the given name of who has none yet', person('1950-05-05', 'Brown', 'Baby')],
  ])('is no name: %s', (_case, other) => {
    expect(confirms(other, person('1950-05-05', 'Adams', 'Baby'))).toBe(false)
    expect(contradict(known, other)).toBe(false)
  })

  it('is the day that systems write for none, and makes nobody of two placeholders', () => {
    const nobody = person('1900-01-01', 'Unknown', 'Unknown')
    expect(saysNothing(nobody)).toBe(true)
    expect(confirms(nobody, nobody)).toBe(false)
  })

  it('is the first of January beside another family name, and not beside the same', () => {
    const mohammed = person('1990-01-01', 'Khan', 'Mohammed')
    expect(confirms(mohammed, person('1990-01-01', 'Rahman', 'Mohammed'))).toBe(false)
    expect(confirms(mohammed, person('1990-01-01', 'Khan', 'Mohammed'))).toBe(true)
  })
})

describe('two who agree', () => {
  it('have one whole date of birth and one family name; what is absent agrees with nothing', () => {
    expect(agree(known, person('1950-05-05', 'smith'))).toBe(true)
    for (const other of [
      person('1950-05-05', 'Jones', 'Ada'),
      person('1950-05', 'Smith', 'Ada'),
      person(null, 'Smith', 'Ada'),
      person('1950-05-05', null, 'Ada'),
      person(null, null),
    ]) {
      expect(agree(known, other)).toBe(false)
      expect(agree(other, other)).toBe(other.birthDate?.length === 10 && other.families.length > 0)
    }
  })

  it('who have one name alone agree by its words', () => {
    const alone = toPerson({ birthDate: '1961-06-06', name: { text: 'Sukarto', given: [] } })
    expect(agree(alone, person('1961-06-06', 'SUKARTO'))).toBe(true)
    expect(agree(alone, person('1961-06-06', 'Suharto'))).toBe(false)
  })

  it('are told to be twins by their given names, where both have one', () => {
    const other = person('1950-05-05', 'Smith', 'Bea')
    expect(haveOtherGivenNames(known, other)).toBe(true)
    expect(haveOtherGivenNames(known, person('1950-05-05', 'Smith', 'A'))).toBe(false)
    expect(haveOtherGivenNames(known, person('1950-05-05', 'Smith'))).toBe(false)
  })
})
