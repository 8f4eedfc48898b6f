import { describe, expect, it } from 'vitest'
import { provenanceOf } from '../../../../subgraphs/kit/fhir/provenance.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { taggedMeta } from './examples/tagged.ts'
import { contextOf, trust } from './mapping-context.ts'

const context = contextOf()
const consultant = { reference: 'PractitionerRole/consultant' }
const nothing = { recordedAt: null, authors: [] }

function organisationOf(resource: object, recording = {}, from = context) {
  const whole = { resourceType: 'Condition', ...resource } as FhirResource
  return provenanceOf(whole, from, { ...nothing, ...recording }).organisation
}

function authorOf(authors: readonly object[]) {
  return provenanceOf({ resourceType: 'Condition' }, context, { recordedAt: null, authors }).author
}

describe('the organisation that recorded an entry', () => {
  const elft = { reference: 'Organization/elft' }

  it('is the one whose tag the resource carries, before any that it refers to', () => {
    expect(organisationOf({ meta: taggedMeta('r1h') }, { organisations: [elft] })).toEqual({
      odsCode: 'R1H',
      name: 'Barts Health NHS Trust',
      kind: 'ACUTE_TRUST',
    })
  })

  it('keeps the name that the source gives, and has no kind where the code is not known', () => {
    const tag = {
      system: 'https://fhir.nhs.uk/Id/ods-organization-code',
      code: 'RQX',
      display: 'Homerton',
    }
    expect(organisationOf({ meta: { tag: [tag] } })).toEqual({
      odsCode: 'RQX',
      name: 'Homerton',
      kind: null,
    })
  })

  it('is the one that it refers to, by itself, through a role, a team, a place or a service', () => {
    const barts = { odsCode: 'R1H', name: 'Barts Health', kind: 'ACUTE_TRUST' }
    for (const reference of [
      'PractitionerRole/consultant',
      'Location/ward',
      'HealthcareService/cardiology',
      'Organization/barts',
    ]) {
      expect(organisationOf({}, { organisations: [{ reference }] })).toEqual(barts)
    }
    const team = { reference: 'CareTeam/community-team' }
    expect(organisationOf({}, { authors: [team] })).toMatchObject({ odsCode: 'RWK' })
  })

  it('is one that is only named or only identified', () => {
    const named = { type: 'Organization', display: 'St Elsewhere' }
    const identifier = { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: '505' }
    expect(organisationOf({}, { organisations: [named] })).toEqual({
      odsCode: null,
      name: 'St Elsewhere',
      kind: null,
    })
    expect(organisationOf({}, { organisations: [{ identifier }] })).toEqual({
      odsCode: '505',
      name: 'Tower Hamlets Council',
      kind: 'SOCIAL_CARE',
    })
  })

  it('is never a person who is only named', () => {
    expect(organisationOf({}, { authors: [{ display: 'Dr Elsewhere' }] })).toBeNull()
  })

  it('is the provider of the encounter, before the participant’s only one', () => {
    const encounter = { reference: 'Encounter/visit' }
    const atTrust = contextOf({ participant: trust })
    expect(organisationOf({ encounter }, {}, atTrust)).toMatchObject({ odsCode: 'R1H' })
    expect(organisationOf({}, {}, atTrust)).toEqual(trust.organisations[0])
    expect(organisationOf({})).toBeNull()
  })
})

describe('the author of an entry', () => {
  it('is a person with the job where it is known', () => {
    expect(authorOf([consultant])).toBe('Dr Ngozi Okafor, Consultant')
    expect(authorOf([{ reference: 'RelatedPerson/daughter' }])).toBe('Amy Wells, Daughter')
  })

  it('is a person before an organisation, and an organisation before nobody', () => {
    const barts = { reference: 'Organization/barts' }
    expect(authorOf([barts, consultant])).toBe('Dr Ngozi Okafor, Consultant')
    expect(authorOf([barts])).toBe('Barts Health')
    expect(authorOf([])).toBeNull()
  })

  it('is who the reference names where the person is not known', () => {
    expect(authorOf([{ reference: 'Practitioner/x' }, { display: 'Dr Elsewhere' }])).toBe(
      'Dr Elsewhere',
    )
  })

  it('is called Patient where it is the patient', () => {
    const ada = { resourceType: 'Patient', id: 'ada', name: [{ text: 'Somebody' }] }
    const knowing = contextOf({ resources: [ada] })
    const recording = { recordedAt: null, authors: [{ reference: 'Patient/ada' }] }
    expect(provenanceOf({ resourceType: 'Condition' }, knowing, recording).author).toBe('Patient')
    expect(authorOf([{ reference: 'Patient/unknown', display: 'Somebody' }])).toBe('Patient')
    const identifier = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }
    expect(authorOf([{ identifier, display: 'Somebody' }])).toBe('Patient')
  })
})
