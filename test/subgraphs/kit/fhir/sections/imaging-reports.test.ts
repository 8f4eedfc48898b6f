import { describe, expect, it } from 'vitest'
import { imagingReport, imagingStudy } from '../examples/imaging.ts'
import { hl7, sct } from '../examples/tagged.ts'
import { atBarts, coded, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'
import { sharedKey } from '../shared-key.ts'

const ct = coded('http://dicom.nema.org/resources/ontology/DCM', 'CT', 'Computed tomography')

describe('imagingReports', () => {
  it('carries everything that an ImagingStudy says into the record', () => {
    expect(onlyItem(imagingStudy)).toEqual({
      section: 'imagingReports',
      id: 'nel:ImagingStudy/ct-head',
      sortTime: new Date('2024-05-03T10:00:00Z'),
      lastTime: new Date('2024-05-03T10:00:00Z'),
      sortKey: sharedKey({
        resourceType: 'ImagingStudy',
        system: 'urn:dicom:uid',
        value: 'urn:oid:1.2.3',
      }),
      status: 'FINAL',
      codes: ['303653007'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:ImagingStudy/ct-head',
        identifiers: imagingStudy.identifier,
        code: snomed('303653007', 'CT of head'),
        status: 'FINAL',
        time: '2024-05-03T10:00:00Z',
        provenance: atBarts('Dr Ngozi Okafor', null),
        notes: ['Moved a little'],
        kind: 'STUDY',
        modalities: [ct],
        bodySites: [snomed('69536005', 'Head')],
        performedAt: '2024-05-03T10:00:00Z',
        issuedAt: null,
        conclusion: null,
        conclusionCodes: [],
        reportText: null,
        description: 'CT head without contrast',
        reasons: [words('Fall'), snomed('195967001', 'Asthma')],
        seriesCount: 2,
        instanceCount: 240,
        studyIds: [],
        attachments: [],
      }),
    })
  })

  it('carries everything that a radiology report says, with what its study adds', () => {
    const found = onlyItem(imagingReport)
    expect(found.sortTime).toEqual(new Date('2024-05-01T09:00:00Z'))
    expect(found.item).toEqual(
      itemShape({
        id: 'nel:DiagnosticReport/chest-report',
        code: snomed('399208008', 'Chest X-ray'),
        status: 'FINAL',
        time: '2024-05-01T09:00:00Z',
        provenance: atBarts('Dr Ngozi Okafor, Consultant', '2024-05-01T16:00:00Z'),
        kind: 'REPORT',
        modalities: [
          {
            display: 'Digital radiography',
            code: 'DX',
            system: null,
            text: null,
            codings: [{ system: null, code: 'DX', display: 'Digital radiography' }],
          },
        ],
        bodySites: [snomed('51185008', 'Chest')],
        performedAt: '2024-05-01T09:00:00Z',
        issuedAt: '2024-05-01T16:00:00Z',
        conclusion: 'Clear lungs',
        conclusionCodes: [words('Normal')],
        reportText: 'No consolidation.',
        description: null,
        reasons: [words('Cough for six weeks')],
        seriesCount: null,
        instanceCount: null,
        studyIds: ['nel:ImagingStudy/chest'],
        attachments: [
          {
            title: null,
            createdAt: null,
            contentType: 'text/plain; charset=UTF-8',
            sizeBytes: 17,
            text: 'No consolidation.',
            data: 'Tm8gY29uc29saWRhdGlvbi4=',
            availability: 'HERE',
          },
          {
            title: null,
            createdAt: null,
            contentType: 'application/pdf',
            sizeBytes: 5,
            text: null,
            data: 'JVBERi0=',
            availability: 'HERE',
          },
        ],
      }),
    )
  })

  it.each(['RAD', 'RUS', 'CT', 'NMR'])('knows the service %s as imaging', (code) => {
    const report = { ...imagingReport, category: [hl7('v2-0074', code)], imagingStudy: undefined }
    expect(onlyItem(report).section).toBe('imagingReports')
  })

  it('knows an imaging report by its SNOMED CT category, or by its study alone', () => {
    const category = [sct('4201000179104', 'Imaging report')]
    expect(onlyItem({ ...imagingReport, category, imagingStudy: [] }).section).toBe(
      'imagingReports',
    )
    expect(onlyItem({ ...imagingReport, category: [] }).section).toBe('imagingReports')
  })

  it('names a study without a procedure by its description, else by its modality', () => {
    const study = { ...imagingStudy, procedureCode: undefined }
    expect(onlyItem(study).item).toMatchObject({ code: words('CT head without contrast') })
    expect(onlyItem({ ...study, description: '' }).item).toMatchObject({ code: ct })
  })
})
