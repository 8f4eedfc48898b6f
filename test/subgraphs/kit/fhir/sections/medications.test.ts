import { describe, expect, it } from 'vitest'
import { mapResource } from '../../../../../subgraphs/kit/fhir/map-resource.ts'
import { medicationStatement, prescription } from '../examples/medication.ts'
import { hl7, sct } from '../examples/tagged.ts'
import {
  atBarts,
  coded,
  contextOf,
  itemShape,
  onlyItem,
  snomed,
  words,
} from '../mapping-context.ts'
import { sharedKey } from '../shared-key.ts'

const amoxicillin = snomed('39732311000001104', 'Amoxicillin 250mg capsules')
const systemless = { comparator: null, code: null, system: null }

describe('medications', () => {
  it('carries everything that a prescription says into the record', () => {
    expect(onlyItem(prescription)).toEqual({
      section: 'medications',
      id: 'nel:MedicationRequest/rx',
      sortTime: new Date('2024-05-02T10:00:00Z'),
      lastTime: new Date('2024-05-02T10:00:00Z'),
      sortKey: sharedKey({
        resourceType: 'MedicationRequest',
        system: '',
        value: '',
        ...prescription.identifier[0],
      }),
      status: 'ACTIVE',
      codes: ['39732311000001104'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:MedicationRequest/rx',
        identifiers: prescription.identifier,
        code: amoxicillin,
        status: 'ACTIVE',
        time: '2024-05-02T11:00:00+01:00',
        provenance: atBarts('Dr Ngozi Okafor, Consultant', '2024-05-02T11:00:00+01:00'),
        notes: ['Allergy checked'],
        medication: amoxicillin,
        kind: 'PRESCRIPTION',
        isProhibited: false,
        intent: 'order',
        prescriptionType: coded(
          'http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy',
          'acute',
          'Short course (acute) therapy',
        ),
        dosageText: 'One capsule three times a day',
        dosages: [
          {
            text: 'One capsule three times a day',
            sequence: 1,
            timing: '3 times every 1 day, after meals',
            asNeeded: true,
            asNeededFor: words('pain'),
            route: snomed('26643006', 'Oral route'),
            site: words('Left eye'),
            method: snomed('421521009', 'Swallow'),
            dose: {
              value: 1,
              writtenValue: '1',
              comparator: null,
              unit: 'capsule',
              code: '428641000',
              system: 'http://snomed.info/sct',
            },
            doseRange: null,
            rate: null,
            maxDosePerPeriod: null,
            maxDosePerAdministration: null,
            maxDosePerLifetime: null,
            additionalInstructions: [],
            patientInstruction: 'Finish the course',
          },
        ],
        period: { start: '2024-05-02', end: '2024-05-09' },
        prescribedAt: '2024-05-02T11:00:00+01:00',
        quantity: { value: 21, writtenValue: '21', unit: 'capsule', ...systemless },
        supplyDuration: null,
        repeats: 2,
        reasons: [words('Chest infection'), snomed('195967001', 'Asthma')],
        statusReason: words('Restarted'),
      }),
    })
  })

  it('carries everything that a statement of what the patient takes says into the record', () => {
    const found = onlyItem(medicationStatement)
    expect(found.sortTime).toEqual(new Date('2024-01-01T00:00:00Z'))
    expect(found.item).toEqual(
      itemShape({
        id: 'nel:MedicationStatement/statement',
        code: amoxicillin,
        status: 'NOT_TAKEN',
        time: '2024-01',
        provenance: atBarts('Amy Wells, Daughter', '2024-04-01'),
        medication: amoxicillin,
        kind: 'STATEMENT',
        isProhibited: false,
        intent: null,
        prescriptionType: null,
        dosageText: '1–2 capsule',
        dosages: [
          {
            text: null,
            sequence: null,
            timing: null,
            asNeeded: false,
            asNeededFor: null,
            route: null,
            site: null,
            method: null,
            dose: null,
            doseRange: {
              low: {
                value: 1,
                writtenValue: '1',
                comparator: null,
                unit: null,
                code: null,
                system: null,
              },
              high: {
                value: 2,
                writtenValue: '2',
                comparator: null,
                unit: 'capsule',
                code: null,
                system: null,
              },
            },
            rate: null,
            maxDosePerPeriod: null,
            maxDosePerAdministration: null,
            maxDosePerLifetime: null,
            additionalInstructions: [],
            patientInstruction: null,
          },
        ],
        period: { start: '2024-01', end: '2024-03' },
        prescribedAt: null,
        quantity: null,
        supplyDuration: null,
        repeats: null,
        reasons: [],
        statusReason: words('Nausea'),
      }),
    )
  })

  it.each([
    ['active', 'ACTIVE'],
    ['on-hold', 'ON_HOLD'],
    ['completed', 'COMPLETED'],
    ['stopped', 'STOPPED'],
    ['cancelled', 'CANCELLED'],
    ['intended', 'INTENDED'],
    ['not-taken', 'NOT_TAKEN'],
    ['draft', 'DRAFT'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
    ['unknown', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...prescription, status: word }).status).toBe(status)
  })

  it.each([
    ['active', 'PROHIBITED'],
    ['on-hold', 'PROHIBITED'],
    ['unknown', 'PROHIBITED'],
    ['a word of its own', 'PROHIBITED'],
    ['draft', 'DRAFT'],
    ['stopped', 'PROHIBITION_ENDED'],
    ['completed', 'PROHIBITION_ENDED'],
    ['cancelled', 'PROHIBITION_ENDED'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
  ])('takes the status %s of a prescription that forbids its medicine as %s', (word, status) => {
    const forbidden = onlyItem({ ...prescription, status: word, doNotPerform: true })
    expect(forbidden.status).toBe(status)
    expect(forbidden.item).toMatchObject({ status, isProhibited: true })
  })

  it('takes no prohibition for the duplicate of a prescription, or for a statement that there are none', () => {
    const forbidden = onlyItem({ ...prescription, doNotPerform: true })
    expect(forbidden.item['likeness']).not.toBe(onlyItem(prescription).item['likeness'])
    // Anything but false forbids: a source that cannot write a boolean meant something by it.
    expect(onlyItem({ ...prescription, doNotPerform: 'true' }).status).toBe('PROHIBITED')
    expect(onlyItem({ ...prescription, doNotPerform: false }).status).toBe('ACTIVE')
    const none = { coding: [{ system: 'http://snomed.info/sct', code: '787481004' }] }
    const denial = { ...prescription, medicationCodeableConcept: none }
    expect(onlyItem(denial).isNoneKnown).toBe(true)
    expect(onlyItem({ ...denial, doNotPerform: true }).isNoneKnown).toBe(false)
  })

  it('keeps the name of a medicine whose product is not known', () => {
    const pointer = { reference: 'Medication/elsewhere', display: 'Amoxil' }
    expect(onlyItem({ ...prescription, medicationReference: pointer }).item).toMatchObject({
      medication: words('Amoxil'),
    })
  })

  it('sees one medicine, prescribed here and taken there, as what could be taken twice', () => {
    const taken = onlyItem({ ...medicationStatement, status: 'active' })
    const past = onlyItem({ ...medicationStatement, status: 'completed' })
    const prescribed = onlyItem(prescription)
    expect(taken.item['likeness']).toBe(prescribed.item['likeness'])
    expect(past.item['likeness']).not.toBe(prescribed.item['likeness'])
  })

  it('takes “no known medications”, in a statement or as an empty list, as a statement', () => {
    const code = sct('787481004', 'No known medications')
    const said = { ...medicationStatement, status: 'active', medicationCodeableConcept: code }
    expect(onlyItem(said).isNoneKnown).toBe(true)
    expect(onlyItem({ ...said, status: 'entered-in-error' }).isNoneKnown).toBe(false)
    const list = {
      resourceType: 'List',
      id: 'none',
      status: 'current',
      code: { coding: [{ system: 'http://loinc.org', code: '10160-0' }] },
      emptyReason: hl7('list-empty-reason', 'nilknown'),
    }
    const [item] = mapResource(list, contextOf())
    expect(item).toMatchObject({ section: 'medications', isNoneKnown: true, status: 'ACTIVE' })
  })

  it('takes no list of one sort of medicines, and no words with an exception, for such a statement', () => {
    const list = {
      resourceType: 'List',
      id: 'none',
      status: 'current',
      emptyReason: hl7('list-empty-reason', 'nilknown'),
    }
    const isOne = (title: string) => mapResource({ ...list, title }, contextOf()).length > 0
    expect(['Medications', 'Current medication list', 'Medicines'].map(isOne)).not.toContain(false)
    expect(
      ['Repeat medications', 'Past medicines', 'Medication allergies'].map(isOne),
    ).not.toContain(true)
    const none = { ...sct('787481004', 'No known medications'), text: 'No regular medications' }
    const said = { ...medicationStatement, status: 'active', medicationCodeableConcept: none }
    const entry = onlyItem(said)
    expect(entry.isNoneKnown).toBe(false)
    expect(entry.item).toMatchObject({ medication: { display: 'No regular medications' } })
  })

  describe('a medicine without a name', () => {
    const strength = (value: number) => ({
      numerator: { value, unit: 'mg' },
      denominator: { value: 1, unit: 'tablet' },
    })
    const ingredient = [
      { itemCodeableConcept: sct('372687004', 'Amoxicillin'), strength: strength(500) },
      { itemReference: { reference: '#acid' }, strength: strength(125) },
      { itemCodeableConcept: { text: 'Starch' }, isActive: false },
    ]
    const acid = { resourceType: 'Substance', id: 'acid', code: { text: 'Clavulanic acid' } }
    const made = { resourceType: 'Medication', id: 'made', ingredient, form: { text: 'Tablet' } }
    const request = {
      resourceType: 'MedicationRequest',
      id: 'rx',
      status: 'active',
      medicationReference: { reference: '#made' },
    }
    const words = 'Amoxicillin 500 mg / 1 tablet + Clavulanic acid 125 mg / 1 tablet, Tablet'

    it('is called by its ingredients, contained or stored, and found by their codes', () => {
      const found = onlyItem({ ...request, contained: [made, acid] })
      expect(found.item).toMatchObject({
        medication: { display: words, code: null, codings: [{ code: '372687004' }] },
        likeness: expect.any(String),
      })
      expect(found.codes).toEqual(['372687004'])
      const stored = onlyItem(
        { ...request, medicationReference: { reference: 'Medication/made' } },
        contextOf({ resources: [{ ...made, contained: [acid] }] }),
      )
      expect(stored.item['medication']).toEqual(found.item['medication'])
    })

    it('is called as the reference calls it before that, and by its code before all', () => {
      const named = { reference: '#made', display: 'Co-amoxiclav' }
      expect(
        onlyItem({ ...request, contained: [made, acid], medicationReference: named }).item,
      ).toMatchObject({ medication: { display: 'Co-amoxiclav' } })
      const coded = { ...made, code: { text: 'Augmentin' } }
      expect(
        onlyItem({ ...request, contained: [coded, acid], medicationReference: named }).item,
      ).toMatchObject({ medication: { display: 'Augmentin' } })
    })
  })
})
