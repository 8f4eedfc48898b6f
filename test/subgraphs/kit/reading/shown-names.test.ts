import { expect, it } from 'vitest'
import { withShownNames } from '../../../../subgraphs/kit/reading/shown-names.ts'

const named = (given: string, family: string) => ({
  text: `${given} ${family}`,
  prefix: [],
  given: given.split(' '),
  family,
  use: null,
})
const of = (name: object | null, otherNames: object[], formerNames: object[]) =>
  withShownNames({ name, otherNames, formerNames, birthDate: '1970-01-01' })

it.each([
  ['of before a marriage', named('Ruma', 'Begum')],
  ['with one given name in common', named('Anna Ruma', 'Begum')],
  ['with an initial', named('R', 'Begum')],
  ['of a family name alone', { text: 'Begum', given: [], family: 'Begum' }],
  ['by which the person is called beside the official name', named('Rosie', 'Khatun')],
])('A former name %s is shown, as former', (_case, former) => {
  const shown = of(named('Ruma', 'Khatun'), [named('Rosie', 'Khatun')], [former])
  expect(shown.formerNames).toEqual([former])
})

it.each([
  ['wholly', named('Frank', 'Reed')],
  ['with the family name kept', named('Frank', 'Khatun')],
])('A former name of other given names is not shown: %s', (_case, former) => {
  const shown = of(named('Ruma', 'Khatun'), [], [former, named('Ruma', 'Begum')])
  expect(shown.formerNames).toEqual([named('Ruma', 'Begum')])
  expect(shown.name).toEqual(named('Ruma', 'Khatun'))
})

it('All names stand where none is in use now, for nobody could be told by none', () => {
  expect(of(null, [], [named('Frank', 'Reed')]).formerNames).toEqual([named('Frank', 'Reed')])
})
