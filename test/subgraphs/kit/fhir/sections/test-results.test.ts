import { describe, expect, it } from 'vitest'
import { mapResource } from '../../../../../subgraphs/kit/fhir/map-resource.ts'
import { report, result } from '../examples/result.ts'
import { hl7, sct } from '../examples/tagged.ts'
import { atBarts, contextOf, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'
import { sharedKey } from '../shared-key.ts'

const noSystem = { comparator: null, code: null, system: null }

describe('testResults', () => {
  it('carries everything that a laboratory Observation says into the record', () => {
    expect(onlyItem(result)).toEqual({
      section: 'testResults',
      id: 'nel:Observation/potassium',
      sortTime: new Date('2024-05-01T07:15:30Z'),
      lastTime: new Date('2024-05-01T07:15:30Z'),
      sortKey: sharedKey({
        resourceType: 'Observation',
        system: 'https://barts.example/lab',
        value: 'L-1',
      }),
      status: 'AMENDED',
      codes: ['1000651000000109', '1022791000000101'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:Observation/potassium',
        identifiers: [{ system: 'https://barts.example/lab', value: 'L-1' }],
        code: snomed('1000651000000109', 'Serum potassium level'),
        status: 'AMENDED',
        time: '2024-05-01T08:15:30+01:00',
        provenance: atBarts('Barts Health', '2024-05-01T12:00:00.000+01:00'),
        notes: ['Please repeat'],
        kind: 'RESULT',
        value: {
          value: 3.2,
          writtenValue: '3.2',
          comparator: '<',
          unit: 'mmol/L',
          unitCode: 'mmol/L',
          text: '<3.2 mmol/L',
          concept: null,
          absentReason: words('Partly haemolysed'),
        },
        interpretation: [
          {
            display: 'L',
            code: 'L',
            system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
            text: null,
            codings: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
                code: 'L',
                display: null,
              },
            ],
          },
        ],
        referenceRanges: [
          {
            low: { value: 3.5, writtenValue: '3.5', unit: 'mmol/L', ...noSystem },
            high: { value: 5.3, writtenValue: '5.3', unit: 'mmol/L', ...noSystem },
            text: 'Adult',
            type: words('Normal'),
            appliesTo: [words('Not pregnant')],
            age: 'from 18 a',
          },
        ],
        components: [
          {
            code: snomed('1022791000000101', 'Haemolysis index'),
            value: {
              value: null,
              writtenValue: null,
              comparator: null,
              unit: null,
              unitCode: null,
              text: 'Present +',
              concept: snomed('260347006', 'Present +'),
              absentReason: null,
            },
            interpretation: [words('Abnormal')],
            referenceRanges: [
              { low: null, high: null, text: 'None', type: null, appliesTo: [], age: null },
            ],
          },
        ],
        specimen: snomed('122555007', 'Venous blood specimen'),
        effectiveAt: '2024-05-01T08:15:30+01:00',
        issuedAt: '2024-05-01T12:00:00.000+01:00',
        conclusion: null,
        conclusionCodes: [],
        resultIds: ['nel:Observation/sodium'],
        method: words('Ion-selective electrode'),
        bodySite: snomed('368208006', 'Left upper arm'),
        attachments: [],
      }),
    })
  })

  it('carries everything that a laboratory report says, and the results it has inside itself', () => {
    const [whole, inside, stranger, ...more] = mapResource(report, contextOf())
    expect(more).toEqual([])
    // Nothing points at it, and it is a result that came in all the same.
    expect(stranger).toMatchObject({ section: 'testResults', status: 'FINAL' })
    expect(whole?.item).toEqual(
      itemShape({
        id: 'nel:DiagnosticReport/u-and-e',
        code: snomed('1000731000000107', 'Urea and electrolytes'),
        status: 'FINAL',
        time: '2024-05-01T08:00:00Z',
        provenance: atBarts('Dr Ngozi Okafor', '2024-05-01T12:30:00Z'),
        notes: ['Potassium low'],
        kind: 'REPORT',
        value: null,
        interpretation: [],
        referenceRanges: [],
        components: [],
        specimen: words('Serum'),
        effectiveAt: '2024-05-01T08:00:00Z',
        issuedAt: '2024-05-01T12:30:00Z',
        conclusion: 'Mild hypokalaemia',
        conclusionCodes: [snomed('43339004', 'Hypokalaemia')],
        resultIds: [
          'nel:Observation/potassium',
          'nel:Observation/sodium',
          'nel:Observation/DiagnosticReport/u-and-e#urea',
        ],
        method: null,
        bodySite: null,
        attachments: [expect.objectContaining({ contentType: 'text/plain', availability: 'HERE' })],
      }),
    )
    expect(inside).toMatchObject({
      section: 'testResults',
      id: 'nel:Observation/DiagnosticReport/u-and-e#urea',
      item: {
        kind: 'RESULT',
        code: words('Urea'),
        provenance: [{ organisation: { odsCode: 'R1H' } }],
      },
    })
  })

  it('sees the same specimen, test and value as one result that was sent twice', () => {
    const likeness = (change: object) => onlyItem({ ...result, ...change }).item['likeness']
    expect(likeness({ id: 'b', effectiveDateTime: '2024-05-01T07:15:59Z' })).toBe(likeness({}))
    expect(likeness({ valueQuantity: { value: 3.3, unit: 'mmol/L' } })).not.toBe(likeness({}))
    expect(likeness({ effectiveDateTime: '2024-05-02T07:15:59Z' })).not.toBe(likeness({}))
    const nothingFound = { valueQuantity: undefined, component: [] }
    expect(likeness(nothingFound)).toBeNull()
  })

  it.each([
    ['registered', 'REGISTERED'],
    ['partial', 'PARTIAL'],
    ['preliminary', 'PRELIMINARY'],
    ['final', 'FINAL'],
    ['amended', 'AMENDED'],
    ['corrected', 'CORRECTED'],
    ['appended', 'APPENDED'],
    ['cancelled', 'CANCELLED'],
    ['entered-in-error', 'ENTERED_IN_ERROR'],
    ['unknown', 'UNKNOWN'],
    ['done', 'UNKNOWN'],
  ])('takes the status %s as %s', (word, status) => {
    expect(onlyItem({ ...result, status: word }).status).toBe(status)
  })

  it('keeps a report without a category, and one of a service that makes no images', () => {
    for (const category of [undefined, [hl7('v2-0074', 'EC')], [sct('708196005', 'Haematology')]]) {
      const items = mapResource({ ...report, category, contained: [] }, contextOf())
      expect(items.map((one) => one.section)).toEqual(['testResults'])
    }
  })
})
