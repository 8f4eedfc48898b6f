import type { Chart, Recording } from '../chart.ts'
import { type Coding, concept, instantOf, type Resource, snomed } from '../fhir.ts'

export const documentTypes = {
  dischargeSummary: snomed('373942005', 'Discharge summary'),
  clinicLetter: snomed('823691000000103', 'Clinical letter'),
  crisisPlan: snomed('736253002', 'Mental health crisis plan'),
} as const satisfies Record<string, Coding>

/** A letter or summary with its text inside, as a plain text attachment in base64. */
export function addDocument(
  chart: Chart,
  recording: Recording,
  given: {
    type: Coding
    title: string
    text: string
    encounter?: Resource
    extra?: Record<string, unknown>
  },
): Resource {
  const identifier = chart.identifier('document')
  return chart.add('DocumentReference', recording, {
    masterIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${identifier.value}` },
    identifier: [identifier],
    status: 'current',
    docStatus: 'final',
    type: concept(given.type),
    category: [concept(snomed('734163000', 'Care plan')), concept(given.type)].slice(
      given.type === documentTypes.crisisPlan ? 0 : 1,
    ),
    subject: chart.subject,
    date: instantOf(recording.at),
    author: [chart.staff(recording.by, 1)],
    custodian: chart.organisation(recording.by),
    description: given.title,
    content: [{ attachment: { ...attachmentOf(given), creation: instantOf(recording.at) } }],
    ...(given.encounter === undefined
      ? {}
      : { context: { encounter: [chart.refer(given.encounter)] } }),
    ...given.extra,
  })
}

function attachmentOf({ title, text }: { title: string; text: string }) {
  const data = Buffer.from(text, 'utf8').toString('base64')
  return { contentType: 'text/plain', language: 'en-GB', data, title }
}
