import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { nameKeysOf, searchedKeysOf } from '../../../subgraphs/index/name-keys.ts'
import { searchEveryName } from '../../../subgraphs/index/store/search-every-name.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { toNameKey, toNameKeys } from '../../../subgraphs/kit/person/name-key.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { createDatabase } from '../../support/postgres.ts'

describe('the key of a name', () => {
  it.each([
    ['O’Neill', 'oneill'],
    ["o'NEILL", 'oneill'],
    ['Ó Néill', 'oneill'],
    ['Þórðardóttir', 'thordardottir'],
    ['Szczęsny', 'szczesny'],
    ['İnönü', 'inonu'],
    ['Nguyễn', 'nguyen'],
    ['Nguye\u0302\u0303n', 'nguyen'],
    ['Παππάς', 'pappas'],
    ['Smith 2', 'smith'],
    ['(née) 😀', 'nee'],
  ])('of %s is %s', (name, key) => expect(toNameKey(name)).toBe(key))

  it.each(['', ' ', '-', "'", '123', '😀', '\u0301', '?'])('of %j is none', (name) =>
    expect(toNameKey(name)).toBeNull(),
  )

  it('knows letters that are written as two, of several tongues, by Unicode’s own orders', () => {
    const both = (name: string) => toNameKeys(name).toSorted()
    expect(both('Jäger')).toEqual(['jaeger', 'jager'])
    expect(both('Ångström')).toEqual(['aangstroem', 'angstrom'])
    expect(both('Ja\u0308ger')).toEqual(['jaeger', 'jager'])
    expect(both('Høeg')).toEqual(['hoeeg', 'hoeg'])
    expect(both('José')).toEqual(['jose'])
    expect(both('Çelik')).toEqual(['celik'])
  })

  it('is plain, and the key of itself, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        for (const key of [...toNameKeys(name), ...searchedKeysOf(name).parts]) {
          expect(toNameKey(key)).toBe(key)
        }
        expect(nameKeysOf([{ family: name }]).wholes.length > 0).toBe(toNameKey(name) !== null)
      }),
    )
  })
})

describe('the keys of a name', () => {
  it('are those of the whole, and of each half', () => {
    expect(nameKeysOf([{ family: 'Oyelaran–Price' }])).toEqual({
      wholes: ['oyelaranprice'],
      parts: ['oyelaran', 'price'],
    })
  })

  it('leave out what only leads to a name, except where nothing follows', () => {
    expect(nameKeysOf([{ family: 'Dos Santos e Silva' }])).toEqual({
      wholes: ['dossantosesilva', 'santossilva'],
      parts: ['santos', 'dossantos', 'silva', 'esilva'],
    })
    expect(nameKeysOf([{ family: 'Nguyen Van' }]).parts).toEqual(['nguyen', 'van'])
  })

  it('are those of the words by which somebody without a family name goes', () => {
    const title = { text: 'Mrs Sri Mulyani', prefix: ['Mrs'] }
    expect(nameKeysOf([title]).parts).toEqual(['sri', 'mulyani'])
    expect(nameKeysOf([{ given: ['Megawati'], text: 'Megawati' }]).wholes).toEqual(['megawati'])
    expect(nameKeysOf([{ family: '?', text: 'Unknown' }]).wholes).toEqual(['unknown'])
    expect(nameKeysOf([{ text: null }, {}])).toEqual({ wholes: [], parts: [] })
  })
})

it('gives everybody who is known already the keys of now', async () => {
  const database = await createDatabase()
  const db = connect<IndexDatabase>(database.url, 2)
  try {
    await sql`
      create table holder (
        nhs_number text not null, participant text not null, demographics json not null,
        birth_date text, family_key text, postcode_key text,
        primary key (nhs_number, participant)
      )`.execute(db)
    await sql`create index holder_search on holder (birth_date, family_key)`.execute(db)
    const known = {
      name: { family: 'Żeleńska' },
      birthDate: '1961',
      addresses: [{ postcode: 'e1 1aa' }],
    }
    const nobody = {}
    await sql`
      insert into holder
      select to_char(number, 'FM0000000000'), code, ${JSON.stringify(known)}::json, '1961', 'żelenska', null
      from generate_series(1, 1100) as number, unnest(array['nel', 'sel']) as code
      union all select '9', 'nel', ${JSON.stringify(nobody)}::json, null, null, null`.execute(db)
    await searchEveryName.up(db)
    const { rows } = await sql`
      select count(*)::int as holders, family_key, name_keys, name_part_keys, postcode_keys, birth_date
      from holder group by 2, 3, 4, 5, 6 order by 1`.execute(db)
    const nothing = { family_key: null, birth_date: null }
    const none = { name_keys: [], name_part_keys: [], postcode_keys: [] }
    const keys = { name_keys: ['zelenska'], name_part_keys: ['zelenska'], postcode_keys: ['E11AA'] }
    expect(rows).toEqual([
      { holders: 1, ...nothing, ...none },
      { holders: 2200, family_key: 'zelenska', birth_date: '1961', ...keys },
    ])
  } finally {
    await db.destroy()
    await database.drop()
  }
})
