import { describe, expect, it } from 'vitest'
import {
  ADA,
  ADA_ASKED,
  ADA_KNOWN,
  ADA_SENT,
  askQuery,
  askSource,
  EVE,
  json,
  nameOf,
  record,
  startSource,
} from './ask-source.ts'

const ALLERGIES = 'allergies { nodes { id display } }'
const allergies = { nodes: [{ id: 'a', display: 'Penicillin' }] }
const ofAda = { ...ADA_SENT, allergies }

function sentAs(
  number: unknown,
  birthDate: string | null,
  family: string | null,
  given: string | null = null,
) {
  return {
    ...ofAda,
    lcr_lcr_nhsNumber: number,
    lcr_lcr_demographics: { birthDate, name: nameOf(given, family) },
  }
}

const quarantined = {
  data: { _entities: [null] },
  errors: [
    {
      message: expect.stringContaining('about somebody else'),
      path: ['_entities', 0],
      extensions: { code: 'SOURCE_QUARANTINED', participant: 'nel' },
    },
  ],
  calls: [expect.objectContaining({ outcome: 'QUARANTINED' })],
}

describe('a record that is about the patient', () => {
  it('comes through as it was asked for, without what the gateway asked beside', async () => {
    const answer = await askSource(record({ ...ofAda, extra: 1 }), ALLERGIES)
    expect(answer.data).toEqual({ _entities: [{ allergies }] })
    expect(answer).toMatchObject({ errors: [], findings: [], calls: [{ outcome: 'ANSWERED' }] })
  })

  it('may be held under an earlier number of the same patient', async () => {
    const identities = [{ ...ADA_KNOWN, nhsNumbers: [ADA, EVE] }]
    const sent = record(sentAs(EVE, '1950-05-05', 'Example'))
    const answer = await askSource(sent, ALLERGIES, { identities })
    expect(answer).toMatchObject({ data: { _entities: [{ allergies }] }, errors: [] })
  })

  it('may have another name, or a mistyped day of birth, but not both', async () => {
    for (const sent of [
      sentAs(ADA, '1950-05-05', 'Jones', 'Ada'),
      sentAs(ADA, '1950-05-06', 'Example', 'A.'),
      sentAs(ADA, '1950-05-05', 'Example'),
      sentAs(ADA, '1950', 'Example', 'Ada'),
    ]) {
      const { data, errors } = await askSource(record(sent), ALLERGIES)
      expect({ data, errors }).toEqual({ data: { _entities: [{ allergies }] }, errors: [] })
    }
  })

  it('may leave out what its own feed has told', async () => {
    const identities = [{ ...ADA_KNOWN, vouched: new Set([`nel ${ADA}`]) }]
    const sent = record({ ...ofAda, lcr_lcr_demographics: null })
    const answer = await askSource(sent, ALLERGIES, { identities })
    expect(answer).toMatchObject({ errors: [], calls: [{ outcome: 'ANSWERED' }] })
  })

  it('may be one that the source does not hold', async () => {
    const answer = await askSource(record(null), ALLERGIES)
    expect(answer).toMatchObject({
      data: { _entities: [null] },
      errors: [],
      calls: [{ outcome: 'NO_ENTITY' }],
    })
  })

  it('is there where the feed of the source says so: that there is none is not believed', async () => {
    const answer = await askSource(record(null), ALLERGIES, { isKnown: true })
    expect(answer).toMatchObject({
      data: { _entities: [null] },
      errors: [{ path: ['_entities', 0], extensions: { code: 'SOURCE_INVALID' } }],
      calls: [{ outcome: 'FAILED' }],
      findings: [{ problem: 'NOT_OF_THE_CONTRACT' }],
    })
  })

  it('is asked whom it is about, whatever was selected, and through fragments', async () => {
    let query = ''
    const { source } = await startSource((response, sent) => {
      query = sent.query
      record(ofAda)(response, sent)
    })
    const { errors } = await askQuery(
      source,
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ...Part }
      } fragment Part on NelRecord { allergies { nodes { id display } } }`,
    )
    expect(errors).toEqual([])
    expect(query.replaceAll(/\s+/g, ' ')).toContain(
      '... on NelRecord { lcr_lcr_nhsNumber: nhsNumber lcr_lcr_demographics: demographics { birthDate name { text given family } } }',
    )
  })
})

describe('a record of which it cannot be told whether it is about the patient', () => {
  const unconfirmed = {
    data: { _entities: [{ allergies }] },
    errors: [
      {
        path: ['_entities', 0],
        extensions: { code: 'SOURCE_UNCONFIRMED', participant: 'nel' },
      },
    ],
    calls: [{ outcome: 'IDENTITY_UNCONFIRMED' }],
    findings: [],
  }
  it.each([
    ['has no day of birth', sentAs(ADA, null, 'Example', 'Ada')],
    ['has another name and no given name', sentAs(ADA, '1950-05-05', 'Jones')],
    ['has the day of birth alone', sentAs(ADA, '1950-05-05', null)],
    ['has the name and quite another day of birth', sentAs(ADA, '1971-11-30', 'Example', 'Ada')],
    ['has a year of birth and the family name alone', sentAs(ADA, '1950', 'Example')],
    ['has no demographics', { ...ofAda, lcr_lcr_demographics: null }],
  ])('%s: it comes through to stand by itself, and is told of', async (_case, sent) => {
    expect(await askSource(record(sent), ALLERGIES)).toMatchObject(unconfirmed)
  })

  it('is any record where nothing decides who the patient is', async () => {
    const identities = [{ ...ADA_KNOWN, person: null }]
    const answer = await askSource(record(ofAda), ALLERGIES, { identities })
    expect(answer).toMatchObject(unconfirmed)
  })
})

describe('a record that is about somebody else', () => {
  it.each([
    ['has another number', sentAs(EVE, '1950-05-05', 'Example'), 'ANOTHER_NHS_NUMBER'],
    ['has the number of nobody', sentAs('', null, null), 'ANOTHER_NHS_NUMBER'],
    ['has another day of birth and name', sentAs(ADA, '1961-01-01', 'J'), 'OTHER_DEMOGRAPHICS'],
    [
      'is broken as well',
      { ...sentAs(EVE, null, null), allergies: 'nonsense' },
      'ANOTHER_NHS_NUMBER',
    ],
  ])('%s: nothing of it is shown, and it is told of', async (_case, sent, problem) => {
    const answer = await askSource(record(sent), ALLERGIES)
    expect(answer).toEqual({
      ...quarantined,
      findings: [{ source: 'nel', requestId: 'r-1', problem }],
    })
  })

  it('is kept out although the source says that it failed', async () => {
    const errors = [{ message: 'oh', path: ['_entities', 0, 'asOf'] }]
    const data = { _entities: [sentAs(EVE, null, null)] }
    const { data: shown, calls } = await askSource(json({ data, errors }), ALLERGIES)
    expect({ shown, calls }).toEqual({ shown: quarantined.data, calls: quarantined.calls })
  })

  it('takes with it what the source holds of the patient under another number', async () => {
    const representations = [ADA_ASKED, { ...ADA_ASKED, nhsNumber: EVE }]
    const identities = [{ ...ADA_KNOWN, nhsNumbers: [ADA, EVE] }]
    const answer = await askSource(
      (response, sent) => {
        const [asked] = sent.variables['representations'] as { nhsNumber: string }[]
        const number = asked?.nhsNumber === ADA ? ADA : '9990000034'
        record(sentAs(number, null, null))(response, sent)
      },
      ALLERGIES,
      { representations, identities },
    )
    expect(answer.data).toEqual({ _entities: [null, null] })
    expect(answer.calls.map(({ outcome }) => outcome)).toEqual(['QUARANTINED', 'QUARANTINED'])
  })
})

describe('a record of which nobody can tell whom it is about', () => {
  it.each([
    ['says nothing of its number', { ...ofAda, lcr_lcr_nhsNumber: undefined }],
    ['has a number that is no text', { ...ofAda, lcr_lcr_nhsNumber: Number(ADA) }],
    ['says nothing of its demographics', { ...ofAda, lcr_lcr_demographics: undefined }],
    ['has demographics of another shape', { ...ofAda, lcr_lcr_demographics: ['x'] }],
    [
      'has a name of another shape',
      { ...ofAda, lcr_lcr_demographics: { birthDate: null, name: ['Example'] } },
    ],
    ['has a day that is none', sentAs(ADA, 'yesterday', null)],
  ])('%s: it counts as failed', async (_case, sent) => {
    const answer = await askSource(record(sent), ALLERGIES)
    expect(answer).toMatchObject({
      data: { _entities: [null] },
      errors: [{ path: ['_entities', 0], extensions: { code: 'SOURCE_INVALID' } }],
      calls: [{ outcome: 'FAILED' }],
      findings: [{ problem: 'NOT_OF_THE_CONTRACT' }],
    })
  })

  it('cannot be read because of an error of the source: it counts as failed', async () => {
    const errors = [{ message: 'oh', path: ['_entities', 0, 'lcr_lcr_demographics'] }]
    const data = { _entities: [{ ...ofAda, lcr_lcr_demographics: null }] }
    const answer = await askSource(json({ data, errors }), ALLERGIES)
    expect(answer).toMatchObject({
      data: { _entities: [null] },
      errors: [{ path: ['_entities', 0], extensions: { code: 'SOURCE_FAILED' } }],
      calls: [{ outcome: 'FAILED' }],
    })
  })
})

describe('entities that are not those that were asked for', () => {
  const twice = [ADA_ASKED, { ...ADA_ASKED, part: 2 }]
  it.each<[string, unknown]>([
    ['there are too few', [ofAda]],
    ['there are too many', [ofAda, ofAda, ofAda]],
    ['there are none', []],
    ['they are no list', { 0: ofAda, 1: ofAda, length: 2 }],
    ['they are null', null],
  ])('%s: none stands for another', async (_case, entities) => {
    const sent = json({ data: { _entities: entities } })
    const answer = await askSource(sent, ALLERGIES, { representations: twice })
    expect(answer).toMatchObject({ data: { _entities: [null, null] } })
    expect(answer.errors).toMatchObject([
      { path: ['_entities', 0], extensions: { code: 'SOURCE_INVALID' } },
      { path: ['_entities', 1], extensions: { code: 'SOURCE_INVALID' } },
    ])
    expect(answer.calls.map(({ outcome }) => outcome)).toEqual(['FAILED'])
  })

  it('are judged each by whom it was asked about, in whatever order they come', async () => {
    const representations = [ADA_ASKED, { ...ADA_ASKED, nhsNumber: EVE }]
    const ofEve = { nhsNumbers: [EVE], person: null, vouched: new Set<string>() }
    const answer = await askSource(
      (response, sent) => {
        const [asked] = sent.variables['representations'] as { nhsNumber: string }[]
        record(sentAs(asked?.nhsNumber === ADA ? EVE : ADA, null, null))(response, sent)
      },
      ALLERGIES,
      { representations, identities: [ADA_KNOWN, ofEve] },
    )
    expect(answer.data).toEqual({ _entities: [null, null] })
    expect(answer.calls.map(({ outcome }) => outcome)).toEqual(['QUARANTINED', 'QUARANTINED'])
  })
})
