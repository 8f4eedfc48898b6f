import {
  buildASTSchema,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isObjectType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import {
  entryWithoutLocation,
  mayLocate,
  provenanceWithoutLocation,
  withoutLocation,
} from '../../../../subgraphs/kit/reading/without-location.ts'
import { readContract } from '../../../../subgraphs/kit/schema/contract.ts'

const schema = buildASTSchema(await readContract())
const PRACTICE = { odsCode: 'F83008', name: 'PLACE', kind: 'GP_PRACTICE' }
const TRUST = { odsCode: 'RRV', name: 'University College London Hospitals', kind: 'ACUTE_TRUST' }

/**
 * What still holds words after all that gives a location is gone: opaque ids, coded concepts, and words
 * that somebody wrote freely, in which the places that the demographics name are looked for. A field
 * that the contract gains has to be put here, or into the list of what is withheld.
 */
const KEPT: Readonly<Record<string, string>> = {
  allergies: 'substance onsetText reactions endReason',
  medications:
    'medication intent prescriptionType dosageText dosages quantity supplyDuration reasons statusReason',
  immunisations:
    'vaccine targetDiseases doseNumber protocols subpotentReasons site route doseQuantity lotNumber manufacturer notGivenReason reactions',
  diagnoses: 'categories severity bodySites onsetText abatementText encounterId stages',
  testResults:
    'value interpretation referenceRanges components specimen conclusion conclusionCodes resultIds method bodySite attachments',
  imagingReports:
    'modalities bodySites conclusion conclusionCodes reportText description reasons studyIds attachments',
  observations: 'categories value components interpretation referenceRanges bodySite method',
  procedures:
    'performedText categories bodySites reasons outcome complications followUp statusReason devices used',
  appointments: 'kind serviceTypes specialties reasons description cancellationReason',
  encounters:
    'serviceType priority reasons diagnoses admissionMethod dischargeMethod attendanceOutcome',
  documents: 'title documentStatus categories specialty setting attachments encounterId',
  carePlans: 'title intent categories description activities goals addresses',
  socialCare: 'description priority reasons',
  mentalHealth: 'legalStatus attachments description',
  safetyAlerts: 'categories priority details',
  referrals: 'intent categories priority specialties reasons scheduled description',
}
const KEPT_OF_EVERY = 'id identifiers code likeness possibleDuplicateOf provenance notes'

describe('Of an entry of a sensitive patient', () => {
  it.each(sectionTypes())('%s shows nothing but what was decided on', (section, type) => {
    const shown = entryWithoutLocation(section, everyField(type) as object)

    expect(fieldsWithWords(shown).join(' ')).toBe(`${KEPT_OF_EVERY} ${KEPT[section]}`)
    expect(JSON.stringify(shown)).not.toContain('F83008')
  })

  it('files keep their title, and neither their words nor their bytes', () => {
    const file = {
      title: 'Letter',
      contentType: 'text/plain',
      text: '40 Cedar Avenue',
      data: 'NDA',
    }
    for (const section of ['documents', 'mentalHealth', 'testResults', 'imagingReports']) {
      expect(entryWithoutLocation(section, { attachments: [file] })).toEqual({
        attachments: [{ title: 'Letter', contentType: 'text/plain', text: null, data: null }],
      })
    }
  })

  it('the source says which participant and when, and of organisations those that serve a wide area', () => {
    const provenance = { participant: 'ncl', author: 'Dr Near', recordedAt: '2026-01-01' }
    const shown = (organisation: object | null) => {
      const whole = { ...provenance, organisation }
      expect(entryWithoutLocation('allergies', { provenance: [whole] })).toEqual({
        provenance: [provenanceWithoutLocation(whole)],
      })
      return provenanceWithoutLocation(whole)
    }

    expect(shown(TRUST)).toEqual({ ...provenance, author: null, organisation: TRUST })
    for (const near of [
      PRACTICE,
      { ...PRACTICE, kind: 'SOCIAL_CARE' },
      { ...PRACTICE, kind: null },
    ]) {
      expect(shown(near)).toEqual({ ...provenance, author: null, organisation: null })
    }
    expect(shown(null)).toEqual({ ...provenance, author: null, organisation: null })
  })

  it('a referral keeps the recipients that serve a wide area', () => {
    expect(entryWithoutLocation('referrals', { recipients: [PRACTICE, TRUST] })).toEqual({
      recipients: [TRUST],
    })
  })
})

it('Demographics of a sensitive patient keep who it is, and lose where', () => {
  const type = schema.getType('Demographics') as GraphQLObjectType
  const shown = withoutLocation(everyField(type) as Record<string, unknown>)

  expect(shown).toMatchObject({ addresses: [], telecom: [], generalPractice: null })
  expect(shown['contacts']).toEqual([expect.objectContaining({ name: 'PLACE', telecom: [] })])
  expect(fieldsWithWords(shown).join(' ')).toBe('name otherNames formerNames language contacts')
  expect(withoutLocation({ contacts: null })).toEqual({ addresses: [], telecom: [], contacts: [] })
})

it.each([
  [['B1611'], true],
  [['B0360', 'B1611'], true],
  [[], false],
  [['b1611'], false],
  [['B16110'], false],
  [undefined, false],
])('The activities %s open a sensitive record whole: %s', (activityCodes, isOpen) => {
  expect(mayLocate(activityCodes)).toBe(isOpen)
})

function sectionTypes(): [string, GraphQLObjectType][] {
  const record = schema.getType('CareRecord')
  const fields = record && 'getFields' in record ? Object.values(record.getFields()) : []
  return fields.flatMap((field) => {
    const connection = getNamedType(field.type as GraphQLOutputType)
    const nodes = isObjectType(connection) && connection.getFields()['nodes']
    const type = nodes && getNamedType(nodes.type)
    return type && isObjectType(type) ? [[field.name, type] as [string, GraphQLObjectType]] : []
  })
}

/** A value of a type with the word PLACE wherever a word can stand. */
function everyField(type: GraphQLOutputType): unknown {
  const inner = getNullableType(type)
  if (isListType(inner)) return [everyField(inner.ofType as GraphQLOutputType)]
  if (isEnumType(inner)) return inner.getValues()[0]?.name
  if (!isObjectType(inner)) {
    return ['String', 'ID'].includes(String(inner)) ? 'PLACE' : null
  }
  if (inner.name === 'Organisation') return PRACTICE
  return Object.fromEntries(
    Object.values(inner.getFields()).map((field) => [field.name, everyField(field.type)]),
  )
}

function fieldsWithWords(item: object): string[] {
  return Object.entries(item)
    .filter(([, value]) => JSON.stringify(value).includes('PLACE'))
    .map(([field]) => field)
}
