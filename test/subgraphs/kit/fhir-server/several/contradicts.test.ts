import { expect, it } from 'vitest'
import { mapPatient } from '../../../../../subgraphs/kit/fhir/map-patient.ts'
import { contradicts } from '../../../../../subgraphs/kit/fhir-server/several/contradicts.ts'
import { participant } from '../../../../../subgraphs/nel/participant.ts'

/** A family name and a birth date; null for what a server does not say. */
type Said = readonly [family: string | null, birthDate: string | null]

function demographicsOf([family, birthDate]: Said) {
  const nothing = { participant, resolve: () => null, itemId: () => '', isExcluded: () => false }
  const name = family === null ? [] : [{ family, given: ['Noor'] }]
  const dated = birthDate === null ? {} : { birthDate }
  return mapPatient({ resourceType: 'Patient', name, ...dated }, nothing).demographics
}

it.each<[string, boolean, ...Said[]]>([
  ['the same name and birth date', false, ['Hale', '1971-02-03'], ['Hale', '1971-02-03']],
  ['a marriage', false, ['Hale', '1971-02-03'], ['Winter', '1971-02-03']],
  ['a slip in the birth date', false, ['Hale', '1971-02-03'], ['Hale', '1971-03-02']],
  ['one name written in two ways', false, ['O’Neill', '1971-02-03'], ['ONEILL', '1980-01-01']],
  ['a name with and without accents', false, ['Núñez', '1971-02-03'], ['Nunez', '1980-01-01']],
  ['a birth date known as a year', false, ['Hale', '1971'], ['Winter', '1971-02-03']],
  ['another year alone', true, ['Hale', '1972'], ['Winter', '1971-02-03']],
  ['an absent name', false, [null, '1971-02-03'], ['Winter', '1980-01-01']],
  ['an absent birth date', false, ['Hale', null], ['Winter', '1980-01-01']],
  ['another name and birth date', true, ['Hale', '1971-02-03'], ['Winter', '1980-01-01']],
  ['a name that begins alike', true, ['Smith', '1971-02-03'], ['Smithson', '1980-01-01']],
  [
    'a third server that knows somebody else',
    true,
    ['Hale', '1971-02-03'],
    ['Hale', '1971-02-03'],
    ['Winter', '1980-01-01'],
  ],
])(
  'tells by name and birth date whether two servers mean one person: %s',
  (_, isOther, ...said) => {
    expect(contradicts(said.map(demographicsOf))).toBe(isOther)
    expect(contradicts(said.toReversed().map(demographicsOf))).toBe(isOther)
  },
)
