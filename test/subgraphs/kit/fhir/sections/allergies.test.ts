import { describe, expect, it } from 'vitest'
import { isConceptId } from '../../../../../subgraphs/kit/exclusions/check-digits.ts'
import { mapResource } from '../../../../../subgraphs/kit/fhir/map-resource.ts'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { allergy } from '../examples/allergy.ts'
import { hl7, sct, taggedMeta } from '../examples/tagged.ts'
import { contextOf, snomed, words } from '../mapping-context.ts'
import { sharedKey } from '../shared-key.ts'

const context = contextOf()

const penicillin = {
  display: 'Penicillin (all)',
  code: '764146007',
  system: 'http://snomed.info/sct',
  text: 'Penicillin (all)',
  codings: [
    { system: 'http://read.info/ctv3', code: 'XUJdF', display: 'Penicillins' },
    { system: 'http://snomed.info/sct', code: '764146007', display: 'Penicillin' },
  ],
}

function only(resource: object) {
  const items = mapResource({ resourceType: 'AllergyIntolerance', ...resource }, context)
  expect(items).toHaveLength(1)
  return items[0] as (typeof items)[number] & { item: Record<string, unknown> }
}

describe('allergies', () => {
  it('carries everything that an AllergyIntolerance says into the record', () => {
    expect(only(allergy)).toEqual({
      section: 'allergies',
      id: 'nel:AllergyIntolerance/penicillin',
      sortTime: new Date('1998-04-30T23:00:00Z'),
      lastTime: new Date('1998-05-31T22:59:59.999Z'),
      sortKey: sharedKey({
        resourceType: 'AllergyIntolerance',
        system: 'https://barts.example/allergy',
        value: 'A-1',
      }),
      status: 'ACTIVE',
      codes: ['XUJdF', '764146007', '27658006'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: {
        id: 'nel:AllergyIntolerance/penicillin',
        identifiers: [
          { system: 'https://barts.example/local', value: '77' },
          { system: 'https://barts.example/allergy', value: 'A-1' },
        ],
        code: penicillin,
        status: 'ACTIVE',
        time: '1998-05',
        likeness: expect.stringMatching(/^[\w-]{22}$/),
        possibleDuplicateOf: [],
        provenance: [
          {
            participant: 'nel',
            organisation: { odsCode: 'R1H', name: 'Barts Health NHS Trust', kind: 'ACUTE_TRUST' },
            author: 'Dr Ngozi Okafor, Consultant',
            recordedAt: '2020-03-04T09:30:00+01:00',
          },
        ],
        notes: ['Told by her mother'],
        substance: penicillin,
        isDenial: false,
        verificationStatus: 'CONFIRMED',
        type: 'ALLERGY',
        categories: ['MEDICATION'],
        criticality: 'HIGH',
        onset: '1998-05',
        onsetText: null,
        lastOccurrence: '2019-01-02',
        endedAt: '2021-02-03',
        endReason: 'Tolerated under supervision',
        reactions: [
          {
            substance: snomed('27658006', 'Amoxicillin'),
            manifestations: [snomed('271807003', 'Rash'), words('Wheeze')],
            severity: 'SEVERE',
            onset: '2019-01-02',
            description: 'Within the hour',
            exposureRoute: words('Intravenous'),
            notes: ['ITU admission, adrenaline three times'],
          },
        ],
      },
    })
  })

  it('takes an allergy recorded by mistake as such, and as nobody’s duplicate', () => {
    const found = only({
      ...allergy,
      clinicalStatus: undefined,
      verificationStatus: hl7('allergyintolerance-verification', 'entered-in-error'),
    })
    expect(found.status).toBe('ENTERED_IN_ERROR')
    expect(found.item).toMatchObject({
      status: 'ENTERED_IN_ERROR',
      verificationStatus: 'ENTERED_IN_ERROR',
      likeness: null,
    })
  })

  it('says UNKNOWN for a state outside the standard, and nothing for an unknown sort', () => {
    const found = only({ clinicalStatus: hl7('x', 'sleeping'), type: 'odd', criticality: 'odd' })
    expect(found.item).toMatchObject({
      status: 'UNKNOWN',
      isDenial: false,
      verificationStatus: 'UNKNOWN',
      type: null,
      criticality: null,
    })
  })

  it('orders an allergy without an onset by when it was recorded, and says an age in words', () => {
    const found = only({
      recordedDate: '2020-03-04T09:30:00+01:00',
      onsetAge: { value: 12, unit: 'years' },
    })
    expect(found.sortTime).toEqual(new Date('2020-03-04T08:30:00Z'))
    expect(found.item).toMatchObject({ onset: null, onsetText: '12 years' })
  })

  it('names the substance of the reaction where the allergy itself names none', () => {
    const found = only({ reaction: [{ substance: sct('102263004', 'Eggs') }] })
    expect(found.item).toMatchObject({ code: snomed('102263004', 'Eggs') })
  })

  it('sees the same allergy in two differently worded entries of one substance', () => {
    const ours = only({ id: '1', code: sct('102263004', 'Eggs'), recordedDate: '2001' })
    const theirs = only({ id: '2', code: { ...sct('102263004', 'Egg'), text: 'Egg white' } })
    const other = only({ id: '3', code: sct('256349002', 'Peanut') })
    expect(ours.item['likeness']).toBe(theirs.item['likeness'])
    expect(ours.item['likeness']).not.toBe(other.item['likeness'])
    expect(only({ id: '4' }).item['likeness']).toBeNull()
  })
})

describe('statements that there are no known allergies', () => {
  const none = { ...allergy, code: sct('716186003', 'No known allergy'), reaction: [] }
  const ips = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'

  it.each([
    ['No known allergy', none.code],
    ['the same in words of its own', { ...none.code, text: 'Nil known allergies (NKA)' }],
    ['the patient summary’s word', { coding: [{ system: ips, code: 'no-known-allergies' }] }],
  ])('takes %s as a statement', (_, code) => {
    expect(only({ ...none, code }).isNoneKnown).toBe(true)
  })

  // No known drug allergy was a statement that there is no allergy at all.
  it.each([
    ['409137002', 'No known drug allergy', ['MEDICATION']],
    ['429625007', 'No known food allergy', ['FOOD']],
    ['428607008', 'No known environmental allergy', ['ENVIRONMENT']],
    ['716184000', 'No known latex allergy', []],
    ['1003774007', 'No known Hevea brasiliensis latex allergy', []],
    ['716220001', 'No known animal allergy', []],
    ['428197003', 'No known insect allergy', []],
  ])('keeps %s, %s, as a denial of that sort alone', (code, display, categories) => {
    expect(isConceptId(code)).toBe(true)
    const found = only({ ...none, category: [], code: sct(code, display) })
    expect(found).toMatchObject({ isNoneKnown: false, status: 'NO_KNOWN_RISK' })
    expect(found.item).toMatchObject({ code: { display }, isDenial: true, categories })
  })

  it.each(['medication', 'food', 'environmental'])(
    'keeps the patient summary’s denial of %s allergies as one of that sort',
    (sort) => {
      const found = only({
        ...none,
        code: { coding: [{ system: ips, code: `no-known-${sort}-allergies` }] },
      })
      expect(found).toMatchObject({ isNoneKnown: false, status: 'NO_KNOWN_RISK' })
    },
  )

  it('takes the narrower of two codes, and the narrower words of its own', () => {
    const both = { coding: [...none.code.coding, ...sct('409137002', 'No drug allergy').coding] }
    const words = { ...none.code, text: 'No known drug allergies' }
    for (const code of [both, words]) {
      expect(only({ ...none, code })).toMatchObject({ isNoneKnown: false, status: 'NO_KNOWN_RISK' })
    }
    const exception = { ...none.code, text: 'No known allergies except penicillin' }
    expect(only({ ...none, code: exception })).toMatchObject({
      isNoneKnown: false,
      status: 'ACTIVE',
    })
  })

  it('takes no information for neither an allergy nor a denial', () => {
    const code = { coding: [{ system: ips, code: 'no-allergy-info', display: 'No information' }] }
    const found = only({ ...none, code })
    expect(found).toMatchObject({ isNoneKnown: false, status: 'UNKNOWN' })
    expect(found.item).toMatchObject({ isDenial: false, code: { display: 'No information' } })
  })

  it('keeps the state of a denial that is over, refuted or a mistake', () => {
    const drugs = { ...none, code: sct('409137002', 'No known drug allergy') }
    expect(only({ ...drugs, clinicalStatus: hl7('c', 'inactive') }).status).toBe('INACTIVE')
    const refuted = only({ ...drugs, verificationStatus: hl7('v', 'refuted') })
    expect(refuted.item).toMatchObject({ verificationStatus: 'REFUTED', isDenial: true })
    const mistake = { ...drugs, verificationStatus: hl7('v', 'entered-in-error') }
    expect(only(mistake).status).toBe('ENTERED_IN_ERROR')
  })

  it.each([
    ['refuted', { verificationStatus: hl7('v', 'refuted') }],
    ['recorded by mistake', { verificationStatus: hl7('v', 'entered-in-error') }],
    ['no longer so', { clinicalStatus: hl7('c', 'resolved') }],
  ])('takes one that is %s as no statement', (_, change) => {
    expect(only({ ...none, ...change }).isNoneKnown).toBe(false)
  })

  const emptyList = {
    resourceType: 'List',
    id: 'nka',
    meta: taggedMeta('F84001'),
    status: 'current',
    mode: 'snapshot',
    code: sct('886921000000105', 'Allergies and adverse reactions'),
    subject: { reference: 'Patient/ada' },
    date: '2024-02-03T10:00:00Z',
    source: { reference: 'Practitioner/okafor' },
    emptyReason: hl7('list-empty-reason', 'nilknown'),
  }

  it('takes no list of changes, which is empty where nothing has changed, for such a statement', () => {
    expect(mapResource({ ...emptyList, mode: 'changes' }, context)).toEqual([])
  })

  it('takes a list that is empty because there are none as a statement with its provenance', () => {
    expect(mapResource(emptyList, context)).toEqual([
      {
        section: 'allergies',
        id: 'nel:List/nka',
        sortTime: new Date('2024-02-03T10:00:00Z'),
        lastTime: new Date('2024-02-03T10:00:00Z'),
        sortKey: sortKeyOf(null, 'nel:List/nka'),
        status: 'ACTIVE',
        codes: [],
        isNoneKnown: true,
        isRestricted: false,
        isUnderstood: true,
        item: {
          id: 'nel:List/nka',
          identifiers: [],
          code: null,
          status: 'ACTIVE',
          time: '2024-02-03T10:00:00Z',
          likeness: null,
          possibleDuplicateOf: [],
          provenance: [
            {
              participant: 'nel',
              organisation: {
                odsCode: 'F84001',
                name: 'The Limehouse Practice',
                kind: 'GP_PRACTICE',
              },
              author: 'Dr Ngozi Okafor',
              recordedAt: '2024-02-03T10:00:00Z',
            },
          ],
          notes: [],
          substance: null,
          isDenial: false,
          verificationStatus: 'UNKNOWN',
          type: null,
          categories: [],
          criticality: null,
          onset: null,
          onsetText: null,
          lastOccurrence: null,
          reactions: [],
          endedAt: null,
          endReason: null,
        },
      },
    ])
  })

  it.each([
    ['by its title', { code: undefined, title: 'Allergies' }],
    ['by its LOINC code', { code: { coding: [{ system: 'http://loinc.org', code: '48765-2' }] } }],
  ])('knows a list of allergies %s', (_, change) => {
    const items = mapResource({ ...emptyList, ...change }, context)
    expect(items.map((one) => one.section)).toEqual(['allergies'])
  })

  it.each([
    ['whose information was not available', { emptyReason: hl7('e', 'unavailable') }],
    ['that was not asked for', { emptyReason: hl7('e', 'notasked') }],
    ['that is retired', { status: 'retired' }],
    ['that has entries', { entry: [{ item: { display: 'Penicillin' } }] }],
    ['of one sort', { code: undefined, title: 'Antibiotic allergies' }],
    ['of ended allergies', { code: undefined, title: 'Ended allergies' }],
    ['of something else', { code: sct('1149501000000101', 'List of consultations') }],
  ])('takes a list %s as no statement', (_, change) => {
    expect(mapResource({ ...emptyList, ...change }, context)).toEqual([])
  })
})

describe('a substance named with the risk from it, instead of a code', () => {
  const risk = (exposureRisk: string) => ({
    id: 'risk',
    clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/allergyintolerance-substanceExposureRisk',
        extension: [
          { url: 'substance', valueCodeableConcept: sct('256349002', 'Peanut') },
          { url: 'exposureRisk', valueCodeableConcept: hl7('risk', exposureRisk) },
        ],
      },
    ],
  })

  // It was a confirmed allergy without a name.
  it('is no allergy where no risk is known', () => {
    expect(only(risk('no-known-reaction-risk')).item).toMatchObject({
      status: 'NO_KNOWN_RISK',
      isDenial: true,
      substance: { display: 'Peanut', code: '256349002' },
      // The substance alone would be read as an allergy to it.
      code: { display: 'No known reaction risk: Peanut', codings: [{ code: '256349002' }] },
    })
  })

  it('is an allergy with its name where a risk is known, or the word is unknown', () => {
    for (const word of ['known-reaction-risk', 'perhaps']) {
      expect(only(risk(word)).item).toMatchObject({
        status: 'ACTIVE',
        isDenial: false,
        substance: { display: 'Peanut' },
      })
    }
  })
})
