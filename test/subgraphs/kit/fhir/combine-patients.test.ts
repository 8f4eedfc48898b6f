import { expect, it } from 'vitest'
import { combinePatients, combineServers } from '../../../../subgraphs/kit/fhir/combine-patients.ts'
import { mapPatient } from '../../../../subgraphs/kit/fhir/map-patient.ts'
import { contextOf } from './mapping-context.ts'

/** A family name and a birth date; null for what a Patient does not say. */
type Said = readonly [family: string | null, birthDate: string | null, given?: string]

function mapped([family, birthDate, given = 'Noor']: Said) {
  const name = family === null ? [] : [{ family, given: [given] }]
  const dated = birthDate === null ? {} : { birthDate }
  return mapPatient({ resourceType: 'Patient', name, ...dated }, contextOf())
}

it.each<[string, boolean, ...Said[]]>([
  ['the same name and birth date', false, ['Hale', '1971-02-03'], ['Hale', '1971-02-03']],
  ['a marriage', false, ['Hale', '1971-02-03'], ['Winter', '1971-02-03']],
  ['a slip in the birth date', false, ['Hale', '1971-02-03'], ['Hale', '1971-03-02']],
  ['one name written in two ways', false, ['O’Neill', '1971-02-03'], ['ONEILL', '1971-02-13']],
  ['a name with and without accents', false, ['Núñez', '1971-02-03'], ['Nunez', '1971-02-03']],
  ['a birth date known as a year', false, ['Hale', '1971'], ['Hale', '1971-02-03']],
  ['an absent birth date', false, ['Hale', null], ['Hale', '1980-01-01']],
  ['an absent name', false, [null, '1971-02-03'], ['Winter', '1971-02-03']],
  ['nothing said', false, [null, null], ['Winter', '1980-01-01']],
  ['one name a generation apart', true, ['Hale', '1951-02-03'], ['Hale', '1980-12-30']],
  [
    'a birth date known as a year, and another name',
    true,
    ['Hale', '1971'],
    ['Winter', '1971-02-03'],
  ],
  ['another year alone', true, ['Hale', '1972'], ['Winter', '1971-02-03']],
  ['a sibling without a birth date', true, ['Hale', null, 'Ben'], ['Hale', '1980-01-01']],
  ['another name and birth date', true, ['Hale', '1971-02-03'], ['Winter', '1980-01-01']],
  ['a name that begins alike', true, ['Smith', '1971-02-03'], ['Smithson', '1980-01-01']],
  [
    'a third that is somebody else',
    true,
    ['Hale', '1971-02-03'],
    ['Hale', '1971-02-03'],
    ['Winter', '1980-01-01'],
  ],
])('tells whether the Patients under one number are one person: %s', (_, isDisputed, ...said) => {
  for (const order of [said, said.toReversed()]) {
    const [first, ...others] = order.map(mapped)
    if (!first) throw new Error('Nobody is said')
    const combined = combinePatients(first, others)
    expect(combined.isDisputed).toBe(isDisputed)
    if (isDisputed) expect(combined.demographics).toMatchObject({ name: null, birthDate: null })
  }
})

it.each<[string, readonly string[], ...(readonly [string, Said])[]]>([
  ['one person', [], ['a', ['Hale', '1971-02-03']], ['b', ['Hale', '1971-02-03']]],
  ['a part that fits', [], ['a', ['Hale', '1971-02-03']], ['b', ['Hale', null]]],
  ['two people', ['a', 'b'], ['b', ['Hale', '1971-02-03']], ['a', ['Winter', '1980-01-01']]],
  ['nobody named', ['a', 'b'], ['a', ['Hale', '1971-02-03']], ['b', [null, null, '']]],
  [
    'two people at one server alone',
    [],
    ['a', ['Hale', '1971-02-03']],
    ['a', ['Winter', '1980-01-01']],
  ],
  [
    'two people at one of two servers',
    ['a', 'b'],
    ['a', ['Hale', '1971-02-03']],
    ['b', ['Hale', '1971-02-03']],
    ['b', ['Winter', '1980-01-01']],
  ],
  [
    'a third that is like both of two who are not alike',
    ['a', 'b', 'c'],
    ['a', ['Jones', '1971-02-03', 'Ann']],
    ['b', ['Smith', '1971-02-03', 'Ann']],
    ['c', ['Jones', '1971-02-03', 'Bea']],
  ],
])('keeps servers apart that may have different people: %s', (_, servers, ...said) => {
  const told = said.map(([server, one]) => ({ ...mapped(one), server }))
  const combined = combineServers(told)
  expect(combined.servers.map(({ server }) => server)).toEqual(servers)
  const isTold =
    servers.length === 0 && new Set(said.map(([server]) => server)).size === said.length
  expect(combined.demographics.name === null).toBe(!isTold)
})
