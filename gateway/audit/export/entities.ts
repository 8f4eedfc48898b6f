import { CODES, SYSTEMS } from './codes.ts'
import { type Element, text } from './element.ts'
import type { SettledEvent } from './settled-events.ts'

/**
 * What it was done to: the patient where there is one, the operation, the request, and what was shown.
 */
export function toEntities(settled: SettledEvent): Element[] {
  const { nhsNumber, requestId } = settled.event
  const patient = { system: SYSTEMS.nhsNumber, value: text(nhsNumber) }
  return [
    ...(text(nhsNumber)
      ? [
          {
            what: { type: 'Patient', identifier: patient },
            type: CODES.person,
            role: CODES.patientRole,
          },
        ]
      : []),
    toQuery(settled),
    { what: { identifier: { value: text(requestId) } }, type: CODES.requestId },
    { type: CODES.other, name: 'What was asked, and what was shown', detail: toDetails(settled) },
  ]
}

/** The request as the trail keeps it: its text without values, and the facts that were asked by. */
function toQuery({ event, operationText }: SettledEvent): Element {
  const { action, sections, operation, facts } = event
  const request = {
    operationName: operation.name,
    query: operationText,
    digest: `sha-256:${operation.digest}`,
    variables: facts,
  }
  return {
    type: CODES.systemObject,
    role: CODES.queryRole,
    description: sections.length > 0 ? `${action}: ${sections.join(', ')}` : action,
    query: Buffer.from(JSON.stringify(request)).toString('base64'),
  }
}

function toDetails({ event, outcome, entry }: SettledEvent): Element[] {
  const { grounds, user, nhsNumber, requestedNhsNumber } = event
  const facts: [string, string | number | null | undefined][] = [
    ['category', event.category],
    ['action', event.action],
    ...event.sections.map((section): [string, string] => ['section', section]),
    ...event.deniedFields.map((field): [string, string] => ['denied-field', field]),
    ['grounds', grounds?.kind],
    ['evidence', grounds?.evidence],
    ['requested-nhs-number', requestedNhsNumber === nhsNumber ? null : requestedNhsNumber],
    ['assurance-level', user?.assuranceLevel],
    ['participant', user?.participant],
    ...prefixed('items', outcome?.items),
    ...prefixed('source', outcome?.sources),
    ...(outcome?.errors ?? []).map((code): [string, string] => ['error', code]),
    ['duration-ms', outcome?.durationMs],
    ['trail-writer', entry.writer],
    ['trail-sequence', entry.sequence],
    ['trail-hash', entry.hash],
  ]
  return facts.flatMap(([type, value]) => {
    const valueString = text(value == null ? null : String(value))
    return valueString ? [{ type, valueString }] : []
  })
}

function prefixed(
  prefix: string,
  values: Readonly<Record<string, string | number>> | undefined,
): [string, string | number][] {
  return Object.entries(values ?? {}).map(([name, value]) => [`${prefix}.${name}`, value])
}
