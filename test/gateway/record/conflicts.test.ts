import { describe, expect, it } from 'vitest'
import { loadExclusions } from '../../../subgraphs/kit/exclusions/load-exclusions.ts'
import { apiSchema, ask, withSourceIds } from './ask.ts'
import { type EntryFacts, type SampleSource, sourceOf, storedEntry } from './sample-source.ts'

type Code = SampleSource['code']

interface Allergy extends Partial<EntryFacts> {
  readonly verification?: string
  /** A SNOMED CT code. */
  readonly substance?: string
  readonly categories?: readonly string[]
}

const PENICILLIN = '764146007'
const lists = await loadExclusions()
/** A code that is never shared. */
const [secret = ''] = lists.snomed

/** A source's allergies; `NONE` is its statement that there are none known, `AWAY` its silence. */
type Said = readonly (Allergy | 'NONE' | 'AWAY')[]

interface Conflict {
  readonly kind: string
  readonly text: string
  readonly participants: readonly string[]
  readonly entries: readonly string[]
}

function allergiesOf(said: Partial<Record<Code, Said>>, args = '', selection = 'conflicts') {
  const sources = (['nel', 'sel', 'swl'] as const).flatMap((code) => {
    const own = said[code]
    if (!own) return []
    const entries = own
      .filter((one) => typeof one === 'object')
      .map(
        ({ verification = 'CONFIRMED', substance = PENICILLIN, categories, ...facts }, index) => {
          const { item, ...place } = storedEntry(apiSchema, 'allergies', `${code}-${index}`, {
            time: `2024-05-0${9 - index}T09:00:00.000Z`,
            status: 'ACTIVE',
            ...facts,
          })
          const concept = { codings: [{ system: 'http://snomed.info/sct', code: substance }] }
          const own = { verificationStatus: verification, substance: concept }
          return { ...place, item: { ...item, ...own, ...(categories && { categories }) } }
        },
      )
    return [
      sourceOf(code, 'allergies', entries, {
        statesNone: new Set(own.includes('NONE') ? ['allergies'] : []),
        fails: new Set(own.includes('AWAY') ? ['allergies'] : []),
      }),
    ]
  })
  const wanted =
    selection === 'conflicts' ? 'conflicts { kind text participants entries }' : selection
  const { data, errors = [] } = ask({
    document: `{ patient(nhsNumber: "p1") { allergies${args} { ${wanted} } } }`,
    patients: [{ nhsNumber: 'p1', sources }],
    lists,
  })
  const isAway = Object.values(said).some((own) => own.includes('AWAY'))
  expect(errors).toHaveLength(isAway ? 1 : 0)
  const shown = withSourceIds(data) as {
    patient: { allergies: { conflicts: readonly Conflict[] } }
  }
  return shown.patient.allergies
}

const conflictsOf = (said: Partial<Record<Code, Said>>, args = '') =>
  allergiesOf(said, args).conflicts

const kindsOf = (said: Partial<Record<Code, Said>>, args = '') =>
  conflictsOf(said, args).map(({ kind }) => kind)

describe('one source knows of no allergy, another records one', () => {
  it('is told, with the sources by name and the entries', () => {
    expect(conflictsOf({ nel: ['NONE'], sel: [{}] })).toEqual([
      {
        kind: 'NONE_KNOWN_BUT_RECORDED',
        text: 'Stated by Participant nel: the patient has none. Recorded by Participant sel: entries in force.',
        participants: ['nel', 'sel'],
        entries: ['sel-0'],
      },
    ])
  })

  it('is told once of all sources on either side', () => {
    expect(conflictsOf({ nel: ['NONE'], sel: [{}, {}], swl: ['NONE', {}] })).toMatchObject([
      {
        text: 'Stated by Participant nel and Participant swl: the patient has none. Recorded by Participant sel and Participant swl: entries in force.',
        participants: ['nel', 'sel', 'swl'],
        entries: ['sel-0', 'sel-1', 'swl-0'],
      },
    ])
  })

  it('stands beside the entries and the statement, and changes neither', () => {
    const selection = 'status statedNoneKnown { participant } nodes { id } conflicts { kind }'
    expect(allergiesOf({ nel: ['NONE'], sel: [{}] }, '', selection)).toEqual({
      status: 'HAS_ENTRIES',
      statedNoneKnown: [{ participant: 'nel' }],
      nodes: [{ id: 'sel-0' }],
      conflicts: [{ kind: 'NONE_KNOWN_BUT_RECORDED' }],
    })
  })

  for (const facts of [{ status: 'UNKNOWN' }, { verification: 'UNCONFIRMED' }]) {
    it(`is told where the allergy is ${Object.values(facts)}: it may be in force`, () => {
      expect(kindsOf({ nel: ['NONE'], sel: [facts] })).toEqual(['NONE_KNOWN_BUT_RECORDED'])
    })
  }

  for (const facts of [
    { status: 'INACTIVE' },
    { status: 'RESOLVED' },
    { verification: 'REFUTED' },
    { status: 'ENTERED_IN_ERROR' },
  ]) {
    it(`is no contradiction where the allergy is ${Object.values(facts)}`, () => {
      expect(conflictsOf({ nel: ['NONE'], sel: [facts] })).toEqual([])
    })
  }

  it('is no contradiction where the entry denies one sort, as the statement does all', () => {
    const denial = { status: 'NO_KNOWN_RISK', substance: '409137002' }
    expect(conflictsOf({ nel: ['NONE'], sel: [denial] })).toEqual([])
  })

  it('is told of a source that denies one sort, and an allergy that is or may be of it', () => {
    const denial = { status: 'NO_KNOWN_RISK', substance: '409137002' }
    expect(conflictsOf({ nel: [denial], sel: [{ categories: ['MEDICATION'] }] })).toEqual([
      {
        kind: 'NONE_KNOWN_BUT_RECORDED',
        text: 'Stated by Participant nel: no allergy of one sort is known (MEDICATION). Recorded by Participant sel: entries in force that may be of it.',
        participants: ['nel', 'sel'],
        entries: ['nel-0', 'sel-0'],
      },
    ])
    expect(kindsOf({ nel: [denial], sel: [{ categories: [] }] })).toHaveLength(1)
    expect(kindsOf({ nel: [denial], sel: [{ categories: ['FOOD'] }] })).toEqual([])
    expect(kindsOf({ nel: [denial], sel: [{ categories: [], status: 'INACTIVE' }] })).toEqual([])
    const refuted = { ...denial, verification: 'REFUTED' }
    expect(kindsOf({ nel: [refuted], sel: [{ categories: ['MEDICATION'] }] })).toEqual([])
  })

  it('is told where one source knows of no risk from what another confirms', () => {
    const denial = { status: 'NO_KNOWN_RISK' }
    expect(kindsOf({ nel: [denial], sel: [{}] })).toEqual(['CONFIRMED_AND_REFUTED'])
  })

  it('is no contradiction between sources where one source says both', () => {
    expect(conflictsOf({ nel: ['NONE', {}] })).toEqual([])
  })

  it('is no contradiction where sources agree that there are none', () => {
    expect(conflictsOf({ nel: ['NONE'], sel: ['NONE'], swl: [] })).toEqual([])
  })

  it('cannot be told of a source that does not answer, which is named as missing instead', () => {
    const selection = 'isComplete missingSources conflicts { kind }'
    expect(allergiesOf({ nel: ['NONE'], sel: ['AWAY', {}] }, '', selection)).toEqual({
      isComplete: false,
      missingSources: ['sel'],
      conflicts: [],
    })
  })

  it('is told on a page that does not reach the entry, which is then said', () => {
    const said: Partial<Record<Code, Said>> = {
      nel: ['NONE', { status: 'INACTIVE', time: '2024-06-01T00:00:00.000Z' }],
      sel: [{ status: 'RESOLVED' }, {}],
    }
    expect(conflictsOf(said, '(first: 1)')).toEqual([
      {
        kind: 'NONE_KNOWN_BUT_RECORDED',
        text: 'Stated by Participant nel: the patient has none. Recorded by Participant sel: entries, not all of which are shown here.',
        participants: ['nel', 'sel'],
        entries: [],
      },
    ])
    expect(conflictsOf(said)).toMatchObject([{ entries: ['sel-1'] }])
  })

  it('is told where a filter leaves the entry out', () => {
    const said = { nel: ['NONE'], sel: [{}] } as const
    for (const args of ['(codes: ["x"])', '(status: INACTIVE)']) {
      expect(conflictsOf(said, args)).toMatchObject([{ entries: [] }])
    }
  })

  it('is not told because a filter or a cursor is given without a value', () => {
    const { data } = ask({
      document: `query ($after: String, $codes: [String!]) { patient(nhsNumber: "p1") {
        allergies(after: $after, codes: $codes) { conflicts { kind } } } }`,
      variables: { after: null },
      patients: [
        {
          nhsNumber: 'p1',
          sources: [
            sourceOf('nel', 'allergies', [], { statesNone: new Set(['allergies']) }),
            sourceOf('sel', 'allergies', [
              storedEntry(apiSchema, 'allergies', 'sel-0', { time: null, status: 'INACTIVE' }),
            ]),
          ],
        },
      ],
    })
    expect(data).toEqual({ patient: { allergies: { conflicts: [] } } })
  })
})

describe('two sources record one business identifier', () => {
  const identifier = 'one'
  const time = '2024-05-01T09:00:00.000Z'

  it('in different states: told, while the entry is shown as last recorded', () => {
    const said = {
      nel: [{ identifier, time, status: 'INACTIVE', recordedAt: '2024-05-02' }],
      sel: [{ identifier, time, recordedAt: '2024-05-01' }],
    }
    expect(allergiesOf(said, '', 'nodes { id status } conflicts { kind text entries }')).toEqual({
      nodes: [{ id: 'nel-0', status: 'INACTIVE' }],
      conflicts: [
        {
          kind: 'STATES_DIFFER',
          text: 'The same entry is recorded in different states: INACTIVE, CONFIRMED (Participant nel); ACTIVE, CONFIRMED (Participant sel).',
          // Both are the one entry that is shown.
          entries: ['nel-0'],
        },
      ],
    })
  })

  it('in different states and at different moments, where it stays two entries', () => {
    const later = '2024-05-02T09:00:00.000Z'
    const said = {
      nel: [{ identifier, time, status: 'INACTIVE' }],
      sel: [{ identifier, time: later }],
    }
    expect(conflictsOf(said)).toMatchObject([
      { kind: 'STATES_DIFFER', entries: ['nel-0', 'sel-0'] },
    ])
  })

  it('one of them by mistake: told, though no list shows that one', () => {
    const said = {
      nel: [{ identifier, time, status: 'ENTERED_IN_ERROR' }],
      sel: [{ identifier, time }],
    }
    expect(allergiesOf(said, '', 'nodes { id } conflicts { text participants }')).toEqual({
      nodes: [{ id: 'sel-0' }],
      conflicts: [
        {
          text: 'The same entry is recorded in different states: ACTIVE, CONFIRMED (Participant sel); ENTERED_IN_ERROR (Participant nel).',
          participants: ['nel', 'sel'],
        },
      ],
    })
  })

  it('confirmed by one and refuted by the other: told once', () => {
    const said = {
      nel: [{ identifier, time, verification: 'REFUTED' }],
      sel: [{ identifier, time }],
    }
    expect(kindsOf(said)).toEqual(['STATES_DIFFER'])
  })

  for (const [what, said] of Object.entries<Partial<Record<Code, Said>>>({
    'in the same state': { nel: [{ identifier, time }], sel: [{ identifier, time }] },
    'one of them in no recorded state': {
      nel: [{ identifier, time, status: 'UNKNOWN' }],
      sel: [{ identifier, time, verification: 'UNKNOWN' }],
    },
    'one of them twice: it is open which is meant': {
      nel: [
        { identifier, time },
        { identifier, time, status: 'INACTIVE' },
      ],
      sel: [{ identifier, time }],
    },
    'both by mistake': {
      nel: [{ identifier, time, status: 'ENTERED_IN_ERROR' }],
      sel: [{ identifier, time, status: 'ENTERED_IN_ERROR' }],
    },
  })) {
    it(`${what}: no contradiction`, () => {
      expect(conflictsOf(said)).toEqual([])
    })
  }

  it('is no contradiction of entries that merely look alike', () => {
    const likeness = 'alike'
    const said = { nel: [{ likeness, time }], sel: [{ likeness, time, status: 'INACTIVE' }] }
    expect(conflictsOf(said)).toEqual([])
  })
})

describe('an allergy confirmed by one source', () => {
  it('and refuted by another, of the same substance: told', () => {
    expect(conflictsOf({ nel: [{ verification: 'REFUTED' }], sel: [{}] })).toEqual([
      {
        kind: 'CONFIRMED_AND_REFUTED',
        text: 'An allergy that Participant sel confirms was refuted or is denied by Participant nel.',
        participants: ['nel', 'sel'],
        entries: ['sel-0', 'nel-0'],
      },
    ])
  })

  it('is told where one source has the identifier twice, so that no states could be compared', () => {
    const identifier = 'one'
    const time = '2024-05-01T09:00:00.000Z'
    const said = {
      nel: [
        { identifier, time },
        { identifier, time },
      ],
      sel: [{ identifier, time, verification: 'REFUTED' }],
    }
    expect(kindsOf(said)).toEqual(['CONFIRMED_AND_REFUTED', 'CONFIRMED_AND_REFUTED'])
  })

  for (const [what, said] of Object.entries<Partial<Record<Code, Said>>>({
    'and another substance refuted': {
      nel: [{ verification: 'REFUTED', substance: '762952008' }],
      sel: [{}],
    },
    'and refuted by itself': { nel: [{ verification: 'REFUTED' }, {}] },
    'that is resolved, and refuted by another': {
      nel: [{ verification: 'REFUTED' }],
      sel: [{ status: 'RESOLVED' }],
    },
    'and unconfirmed by another': { nel: [{ verification: 'UNCONFIRMED' }], sel: [{}] },
  })) {
    it(`${what}: no contradiction`, () => {
      expect(conflictsOf(said)).toEqual([])
    })
  }
})

describe('what is never shared takes no part', () => {
  const identifier = 'one'
  const time = '2024-05-01T09:00:00.000Z'

  for (const [what, said] of Object.entries<Partial<Record<Code, Said>>>({
    'beside a statement that there is none': { nel: ['NONE'], sel: [{ substance: secret }] },
    'with a state of its own': {
      nel: [{ identifier, time, status: 'INACTIVE' }],
      sel: [{ identifier, time, substance: secret }],
    },
    'recorded by mistake': {
      nel: [{ identifier, time }],
      sel: [{ identifier, time, substance: secret, status: 'ENTERED_IN_ERROR' }],
    },
    refuted: {
      nel: [{ substance: secret, verification: 'REFUTED' }],
      sel: [{ substance: secret }],
    },
  })) {
    it(`${what}, whatever the client selects`, () => {
      expect(conflictsOf(said)).toEqual([])
      const selection = 'nodes { id } conflicts { kind }'
      expect(allergiesOf(said, '', selection).conflicts).toEqual([])
    })
  }
})
