import { expect, it } from 'vitest'
import { placesOf, withoutPlaces } from '../../../../subgraphs/kit/reading/without-places.ts'

const places = placesOf({
  addresses: [
    {
      text: '40 Cedar Avenue, Islington, N1 7OO',
      lines: ['40 Cedar Avenue', '4', 'Islington'],
      city: 'Islington',
      postcode: 'N1 7OO',
    },
  ],
  telecom: [{ value: '020 7946 0999' }, { value: 'j.hughes@example.org' }, { value: '12345' }],
  generalPractice: { odsCode: 'F83008', name: 'The Goodinge (Group) Practice' },
  contacts: [{ name: 'Bob', telecom: [{ value: '07700 900123' }] }],
})

it.each([
  ['the address', 'Lives at 40 cedar avenue,  Islington N1 7OO.', 'Lives at [withheld].'],
  ['the postcode without its space', 'Key code for N17OO', 'Key code for [withheld]'],
  ['the street alone', 'Found in Cedar Avenue', 'Found in [withheld]'],
  ['the telephone in other groups', 'Ring 02079 460 999', 'Ring [withheld]'],
  ["next of kin's telephone", 'Bob: 07700900123', 'Bob: [withheld]'],
  ['an e-mail address', '(J.Hughes@example.org)', '([withheld])'],
  ['the practice', 'Seen by the GOODINGE (GROUP) PRACTICE', 'Seen by [withheld]'],
  ["the practice's code", 'f83008/17', '[withheld]/17'],
])('%s is not shown in words written freely', (_what, text, expected) => {
  expect(withoutPlaces({ notes: [text] }, places)).toEqual({ notes: [expected] })
})

it.each([
  'Paracetamol 500 mg, 4 times a day',
  'Creatinine 12345',
  'Allergic to cedar',
  'Born in Islington',
  'F830081',
  'XN1 7OO',
])('nothing else is lost: %s', (text) => {
  expect(withoutPlaces(text, places)).toBe(text)
})

it('looks into every depth, and leaves ids, numbers and nulls as they are', () => {
  const entry = {
    id: 'ncl-F83008-1',
    encounterId: 'F83008',
    code: { display: 'Visit to N1 7OO', codings: [{ code: 'F83008' }] },
    value: 4,
    period: null,
  }

  expect(withoutPlaces(entry, places)).toEqual({
    ...entry,
    code: { display: 'Visit to [withheld]', codings: [{ code: '[withheld]' }] },
  })
})

it('leaves the words of the contract, even for who lives at a house of that name', () => {
  const house = placesOf({ addresses: [{ text: 'Finished' }] })

  expect(withoutPlaces({ status: 'FINISHED', notes: ['At Finished'] }, house)).toEqual({
    status: 'FINISHED',
    notes: ['At [withheld]'],
  })
})

it('has nothing to look for where nothing is known', () => {
  expect(placesOf({})).toBeNull()
  expect(
    placesOf({ addresses: null, telecom: null, generalPractice: null, contacts: null }),
  ).toBeNull()
  expect(withoutPlaces('anything', null)).toBe('anything')
})
