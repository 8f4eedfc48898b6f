import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load, loadBundle } from '../whose-record/load.ts'
import { patient, type Sent } from '../whose-record/records.ts'

const numbers = testNhsNumbers()
const [reports, letters, told, hidden, other] = [1, 2, 3, 4, 5].map(() => numbers.next().value) as [
  string,
  string,
  string,
  string,
  string,
]
const who = { given: 'Fay', family: 'Filed', birthDate: '1971-03-01' }
const base64 = (words: string) => Buffer.from(words).toString('base64')
const PDF = base64('%PDF-1.4\n')
const ELSEWHERE = 'https://docs.example.nhs.uk/letters/123.pdf'

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: [reports, letters, told, hidden, other] })
}, 60_000)
afterAll(() => system?.close())

const ATTACHMENTS = 'attachments { title contentType sizeBytes text data availability }'

async function ask(number: string, selection: string) {
  const answer = await system.ask(`query ($n: ID!) { patient(nhsNumber: $n) { ${selection} } }`, {
    as: 'doctor.mkuh',
    variables: { n: number },
  })
  expect(answer.errors).toBeUndefined()
  // No address leads a browser away from here.
  expect(answer.text).not.toMatch(/docs\.example|Binary/)
  return answer.data.patient
}

const subject = (number: string) => ({ reference: `Patient/p-${number}` })

/** Before: these reports were empty, without a hint that there is a file. */
describe('A report that is a file', () => {
  const report = (id: string, more: object): Sent => ({
    resourceType: 'DiagnosticReport',
    id,
    status: 'final',
    code: { text: id },
    subject: subject(reports),
    ...more,
  })
  const radiology = { category: [{ coding: [{ code: 'RAD' }] }] }

  it('shows its files, in the laboratory and in imaging', async () => {
    await load(system, 'nel', [
      patient(`p-${reports}`, reports, who),
      report('histology', {
        presentedForm: [{ contentType: 'application/pdf', data: PDF, title: 'Histology.pdf' }],
      }),
      report('microscopy', {
        presentedForm: [
          {
            contentType: 'text/html; charset=utf-8',
            data: base64(
              '<p>Malignant.</p><script>alert("x")</script><p>Phoned &amp; read back</p>',
            ),
          },
          { contentType: 'application/pdf', url: ELSEWHERE },
        ],
      }),
      report('chest', {
        ...radiology,
        presentedForm: [{ contentType: 'application/pdf', url: 'Binary/chest', title: 'Chest' }],
      }),
      { resourceType: 'Binary', id: 'chest', contentType: 'application/pdf', data: PDF },
    ])
    const { testResults, imagingReports } = await ask(
      reports,
      `testResults { nodes { code { display } notes ${ATTACHMENTS} } }
       imagingReports { nodes { code { display } reportText ${ATTACHMENTS} } }`,
    )
    const pdf = { contentType: 'application/pdf', sizeBytes: 9, text: null, data: PDF }
    const byName = new Map(
      [...testResults.nodes, ...imagingReports.nodes].map((one) => [one.code.display, one]),
    )
    expect(byName.get('histology')).toMatchObject({
      attachments: [{ ...pdf, title: 'Histology.pdf', availability: 'HERE' }],
    })
    expect(byName.get('microscopy')).toMatchObject({
      notes: ['Malignant.\nPhoned & read back'],
      attachments: [
        { text: 'Malignant.\nPhoned & read back', availability: 'HERE' },
        { contentType: 'application/pdf', data: null, availability: 'ELSEWHERE' },
      ],
    })
    expect(byName.get('chest')).toMatchObject({
      attachments: [{ ...pdf, title: 'Chest', availability: 'HERE' }],
    })
  })
})

/** Before: whoever named it got it, with another patient's words. */
describe("Another patient's file", () => {
  it('is not shown, nor is anything else of theirs that a reference means by mistake', async () => {
    const own = subject(other)
    await load(system, 'sel', [
      patient(`p-${letters}`, letters, who),
      patient(`p-${other}`, other, { given: 'Bo', family: 'Other', birthDate: '1950-02-02' }),
      {
        resourceType: 'DiagnosticReport',
        id: 'takes',
        status: 'final',
        code: { text: 'Takes' },
        subject: own,
        presentedForm: [
          { contentType: 'text/plain', url: 'Binary/theirs' },
          { contentType: 'text/plain', url: 'Binary/own' },
        ],
      },
      ...[
        { id: 'theirs', securityContext: subject(letters) },
        { id: 'own', securityContext: own },
      ].map(
        (one): Sent => ({
          resourceType: 'Binary',
          contentType: 'text/plain',
          data: base64(`Words of ${one.id}`),
          ...one,
        }),
      ),
      {
        resourceType: 'Condition',
        id: 'theirs',
        subject: subject(letters),
        code: { text: 'Epilepsy' },
      },
      {
        resourceType: 'Encounter',
        id: 'visit',
        status: 'finished',
        class: { code: 'AMB' },
        subject: own,
        reasonReference: [{ reference: 'Condition/theirs' }],
      },
    ])
    const { testResults, encounters } = await ask(
      other,
      `testResults { nodes { notes ${ATTACHMENTS} } } encounters { nodes { reasons { display } } }`,
    )
    expect(testResults.nodes).toMatchObject([
      {
        notes: ['Words of own'],
        attachments: [
          { text: null, data: null, availability: 'ELSEWHERE' },
          { text: 'Words of own', availability: 'HERE' },
        ],
      },
    ])
    expect(encounters.nodes).toEqual([{ reasons: [] }])
  })
})

/** Before: there was no way to know that there is a file, or that it is not the one described. */
describe('A document whose file is somewhere else', () => {
  const letter = (id: string, attachment: object): Sent => ({
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    type: { text: id },
    subject: subject(letters),
    content: [{ attachment }],
  })

  it('says so, and tells no address; bytes that do not fit are not shown', async () => {
    const hash = createHash('sha1').update(Buffer.from(PDF, 'base64')).digest('base64')
    await load(system, 'nel', [
      patient(`p-${letters}`, letters, who),
      letter('pointer', { url: ELSEWHERE }),
      letter('lost', { contentType: 'application/pdf', url: 'Binary/never-loaded', title: 'Lost' }),
      letter('described', { contentType: 'application/pdf', title: 'Paper alone' }),
      letter('whole', { contentType: 'application/pdf', data: PDF, hash }),
      letter('other', { contentType: 'text/plain', data: base64('not that'), hash }),
      letter('no-base64', { contentType: 'text/plain', data: '<<>>' }),
    ])
    const { documents } = await ask(
      letters,
      `documents { nodes { code { display } ${ATTACHMENTS} } }`,
    )
    const shown = documents.nodes.map(
      (one: { code: { display: string }; attachments: object[] }) => [
        one.code.display,
        one.attachments,
      ],
    )
    const damaged = { text: null, data: null, availability: 'DAMAGED' }
    expect(Object.fromEntries(shown)).toMatchObject({
      pointer: [{ title: null, data: null, availability: 'ELSEWHERE' }],
      lost: [{ title: 'Lost', data: null, availability: 'ELSEWHERE' }],
      described: [{ title: 'Paper alone', availability: 'NOT_GIVEN' }],
      whole: [{ data: PDF, availability: 'HERE' }],
      other: [damaged],
      'no-base64': [{ text: null, data: '<<>>', availability: 'DAMAGED' }],
    })
  })
})

/** Before: its Composition was not read, and "Stop warfarin" lost, with exit 0. */
describe('A FHIR document', () => {
  const document = (number: string, composition: object, more: readonly Sent[] = []) => ({
    resourceType: 'Bundle',
    type: 'document',
    entry: [
      {
        resourceType: 'Composition',
        id: `c-${number}`,
        status: 'final',
        type: { text: 'Discharge summary' },
        subject: subject(number),
        date: '2024-03-03',
        title: 'Discharge summary',
        ...composition,
      },
      patient(`p-${number}`, number, who),
      ...more,
    ].map((resource) => ({ resource })),
  })
  const text = (words: string) => ({ status: 'generated', div: `<div>${words}</div>` })

  it('is a document with the words of all its sections', async () => {
    await loadBundle(
      system,
      'nel',
      document(told, {
        section: [
          { title: 'Plan', text: text('Stop warfarin. <b>INR 9.</b>') },
          {
            title: 'Results',
            section: [{ title: 'Blood', text: text('Potassium 6.1') }],
          },
          { title: 'Allergies', emptyReason: { text: 'None known' } },
        ],
      }),
    )
    const { documents } = await ask(
      told,
      `documents { nodes { title status documentStatus time code { display } ${ATTACHMENTS} } }`,
    )
    expect(documents.nodes).toEqual([
      {
        title: 'Discharge summary',
        status: 'CURRENT',
        documentStatus: 'final',
        time: '2024-03-03',
        code: { display: 'Discharge summary' },
        attachments: [
          expect.objectContaining({
            text: 'Plan\nStop warfarin. INR 9.\n\nResults\n\nBlood\nPotassium 6.1\n\nAllergies\n(None known)',
            availability: 'HERE',
          }),
        ],
      },
    ])
  })

  it('is shown to nobody where a section is about what is never shared', async () => {
    const hiv: Sent = {
      resourceType: 'Condition',
      id: 'hiv',
      subject: subject(hidden),
      code: { coding: [{ system: 'http://snomed.info/sct', code: '86406008' }] },
    }
    const asthma: Sent = {
      resourceType: 'Condition',
      id: 'asthma',
      subject: subject(hidden),
      code: { text: 'Asthma' },
    }
    const inner = { title: 'Inner', entry: [{ reference: 'Condition/hiv' }], text: text('HIV') }
    await loadBundle(
      system,
      'nel',
      document(hidden, { section: [{ title: 'Problems', section: [inner] }] }, [hiv, asthma]),
    )
    const { documents, diagnoses } = await ask(
      hidden,
      'documents { status nodes { title } } diagnoses { nodes { code { display } } }',
    )
    expect(documents).toEqual({ status: 'NOTHING_RECORDED', nodes: [] })
    expect(diagnoses.nodes).toEqual([{ code: { display: 'Asthma' } }])
  })
})
