import { describe, expect, it } from 'vitest'
import type { AccessEvent, Outcome } from '../../../../gateway/audit/entries.ts'
import { toAuditEvent } from '../../../../gateway/audit/export/to-audit-event.ts'
import { accessEvent } from '../../../support/audit.ts'
import { type AuditEvent, brokenRules } from './profile-check.ts'

const GATEWAY = 'https://record.example/graphql'
const QUERY = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.Query'
const PATIENT_QUERY =
  'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientQuery'

const outcome: Omit<Outcome, 'event'> = {
  kind: 'OUTCOME',
  at: '2026-11-02T10:15:00.240Z',
  durationMs: 240,
  sources: { sel: 'ANSWERED', nel: 'TIMED_OUT' },
  items: { allergies: 3 },
  errors: ['SOURCE_TIMED_OUT'],
}

function exported(changes: Partial<AccessEvent> = {}, answered: typeof outcome | null = outcome) {
  const event = accessEvent({ event: '0b5c0b58-6a5e-4c8e-9c55-3a2f0a3c0f11', ...changes })
  const settled = {
    event,
    outcome: answered && { ...answered, event: event.event },
    operationText: 'query Summary { patient { name { text } } }',
    entry: {
      writer: '20261102T100000Z-00000000',
      sequence: 7,
      recordedAt: new Date('2026-11-02T10:15:00.010Z'),
      hash: 'ab'.repeat(32),
    },
    cursor: { xid: 1n, position: 1n },
  }
  return toAuditEvent(settled, GATEWAY) as AuditEvent
}

const detailsOf = (event: AuditEvent) =>
  (event.entity ?? []).flatMap(({ detail = [] }) =>
    detail.map(({ type, valueString }) => `${type} ${valueString}`),
  )

describe('An access event as a FHIR AuditEvent', () => {
  it.each<[string, Partial<AccessEvent>, typeof outcome | null]>([
    ['a look at a record', {}, outcome],
    ['a look that never had an outcome', {}, null],
    ['a refusal', { refusal: 'NO_LEGITIMATE_RELATIONSHIP', grounds: null, sections: [] }, outcome],
    [
      'a refusal without a genuine token',
      { refusal: 'UNAUTHENTICATED', user: null, purpose: null, client: null },
      null,
    ],
    [
      'a search',
      {
        category: 'SEARCH',
        action: 'findPatients',
        nhsNumber: null,
        requestedNhsNumber: null,
        facts: { family: 'x' },
      },
      outcome,
    ],
    [
      'an emergency claim',
      {
        category: 'EMERGENCY_ACCESS',
        action: 'claimEmergencyAccess',
        operation: { type: 'mutation', name: null, digest: 'b'.repeat(64) },
      },
      outcome,
    ],
    [
      'a request of which little is known',
      {
        device: { id: null, address: null, userAgent: null },
        client: { name: ' ', version: '' },
        deniedFields: [''],
      },
      outcome,
    ],
  ])('keeps every rule of its profile for %s', (_, changes, answered) => {
    expect(brokenRules(exported(changes, answered))).toEqual([])
  })

  it('is a patient query that succeeded, with who, where, why and which patient', () => {
    const event = exported()
    expect(event).toMatchObject({
      id: '0b5c0b58-6a5e-4c8e-9c55-3a2f0a3c0f11',
      meta: { profile: [PATIENT_QUERY] },
      recorded: '2026-11-02T10:15:00.010Z',
      outcome: '0',
      outcomeDesc: 'SOURCE_TIMED_OUT',
    })
    const [client, server, user, organisation] = event.agent ?? []
    expect(client).toMatchObject({
      who: { identifier: { value: 'ED-04' }, display: 'ed-viewer 1.0' },
      network: { address: '127.0.0.1', type: '2' },
    })
    expect(server).toMatchObject({ network: { address: GATEWAY, type: '5' } })
    expect(user).toMatchObject({
      who: {
        identifier: { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: '555000000002' },
        display: 'Dr Tom Adeyemi',
      },
      role: [
        {
          coding: [
            { code: 'R0050' },
            { system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', code: '555000000102' },
          ],
        },
      ],
      purposeOfUse: [
        {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT' }],
        },
      ],
    })
    expect(organisation).toMatchObject({
      who: {
        identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'RJZ' },
      },
    })
    expect(event.entity?.[0]?.what?.identifier).toEqual({
      system: 'https://fhir.nhs.uk/Id/nhs-number',
      value: '9990000018',
    })
  })

  it('says what was asked, what was shown and where it stands in the trail', () => {
    expect(detailsOf(exported())).toEqual([
      'category RECORD',
      'action patient',
      'section identity',
      'section allergies',
      'section medications',
      'grounds ATTENDANCE',
      'evidence Encounter/1',
      'assurance-level 2',
      'participant sel',
      'items.allergies 3',
      'source.sel ANSWERED',
      'source.nel TIMED_OUT',
      'error SOURCE_TIMED_OUT',
      'duration-ms 240',
      'trail-writer 20261102T100000Z-00000000',
      'trail-sequence 7',
      `trail-hash ${'ab'.repeat(32)}`,
    ])
  })

  it('is a minor failure with its code for a refusal, and claims no profile of successes', () => {
    const event = exported({ refusal: 'OBJECTION_IN_FORCE' })
    expect(event).toMatchObject({ outcome: '4', outcomeDesc: 'OBJECTION_IN_FORCE' })
    expect(event.meta).toBeUndefined()
  })

  it('holds the operation and the facts of a search, and claims the query without a patient', () => {
    const event = exported({
      nhsNumber: null,
      requestedNhsNumber: null,
      facts: { family: 'Smith' },
    })
    expect(event.meta?.profile).toEqual([QUERY])
    const query = event.entity?.find((entity) => entity.query)?.query ?? ''
    expect(JSON.parse(Buffer.from(query, 'base64').toString())).toEqual({
      operationName: 'Summary',
      query: 'query Summary { patient { name { text } } }',
      digest: `sha-256:${'a'.repeat(64)}`,
      variables: { family: 'Smith' },
    })
  })

  it('is told apart by the rules when something that they ask for is absent', () => {
    const { agent = [], entity = [], ...rest } = exported()
    expect(brokenRules({ ...rest, agent: agent.slice(1), entity })).toEqual(['agent[client] 1..1'])
    expect(brokenRules({ ...rest, agent, entity: entity.slice(1) })).toEqual([
      'entity[patient] 1..1',
    ])
    expect(brokenRules({ ...rest, agent, entity, outcome: '4' })).toEqual(['outcome 0'])
  })
})
