import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessEvent, Outcome } from '../../gateway/audit/entries.ts'
import { type AskOptions, startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
const BERNARD = '9990000026'
const UNKNOWN = '9990000255'

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada', 'bernard', 'george', 'kwame'],
    relationships: 'AS_TOLD',
  })
}, 60_000)
afterAll(() => system?.close())

let count = 0

/** Asks, and tells what the trail holds of the asking. */
async function recorded(query: string, options: AskOptions = {}) {
  count += 1
  const requestId = `audit-test-${count}`
  const answer = await system.ask(query, {
    ...options,
    headers: { 'x-request-id': requestId, ...options.headers },
  })
  const events = await find<AccessEvent>('ACCESS', requestId)
  return { answer, events, outcomes: () => outcomesOf(events) }
}

async function find<Entry>(kind: string, requestId: string): Promise<Entry[]> {
  const { rows } = await sql<{ body: Entry }>`
    select body from audit_entry where kind = ${kind} and body ->> 'requestId' = ${requestId}
    order by sequence`.execute(system.audit.owner)
  return rows.map(({ body }) => body)
}

/** Outcomes follow: they are waited for. */
async function outcomesOf(events: readonly AccessEvent[]): Promise<Outcome[]> {
  for (;;) {
    const { rows } = await sql<{ body: Outcome }>`
      select outcome.body from audit_entry as outcome
      where outcome.kind = 'OUTCOME' and outcome.event = any (${events.map(({ event }) => event)}::text[])
      order by outcome.sequence`.execute(system.audit.owner)
    if (rows.length >= events.length) return rows.map(({ body }) => body)
  }
}

const summary = (nhsNumber: string) => `query Summary { patient(nhsNumber: "${nhsNumber}") {
  name { text } medications(first: 2) { nodes { id } } allergies { nodes { id } }
  ... on Patient { testResults(first: 3) { edges { node { id } } } } } }`

describe('A look at a record', () => {
  it('is written down: who, from where, why, whose record and what of it', async () => {
    const { answer, events } = await recorded(summary(ADA), {
      headers: { 'x-device-id': 'ED-04', 'apollographql-client-name': 'ed-viewer' },
    })
    expect(answer.errors).toBeUndefined()
    expect(events).toEqual([
      {
        kind: 'ACCESS',
        event: expect.stringMatching(/^[\da-f-]{36}$/),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        requestId: answer.headers.get('x-request-id'),
        category: 'RECORD',
        action: 'patient',
        refusal: null,
        user: {
          userId: expect.stringMatching(/^\d{12}$/),
          name: 'Dr Tom Adeyemi',
          roleCode: 'R0050',
          roleName: 'Consultant',
          roleProfileId: expect.any(String),
          assuranceLevel: 2,
          odsCode: 'RJZ',
          organisationName: expect.stringContaining("King's College Hospital"),
          participant: 'sel',
        },
        purpose: 'TREAT',
        grounds: { kind: expect.any(String), evidence: expect.any(String) },
        nhsNumber: ADA,
        requestedNhsNumber: ADA,
        sections: ['identity', 'medications', 'allergies', 'testResults'],
        deniedFields: [],
        facts: null,
        operation: {
          type: 'query',
          name: 'Summary',
          digest: expect.stringMatching(/^[\da-f]{64}$/),
        },
        client: { name: 'ed-viewer', version: null },
        device: { id: 'ED-04', address: '127.0.0.1', userAgent: expect.any(String) },
      },
    ])
  })

  it('is followed by what came of it', async () => {
    const { answer, outcomes } = await recorded(summary(ADA))
    const [outcome] = await outcomes()
    const { medications, allergies, testResults } = answer.data.patient
    expect(outcome?.items).toEqual({
      medications: medications.nodes.length,
      allergies: allergies.nodes.length,
      testResults: testResults.edges.length,
    })
    expect(outcome?.sources).toMatchObject({
      nel: 'ANSWERED',
      sel: 'ANSWERED',
      hpft: 'NOT_A_CONTRIBUTOR',
    })
    expect(Object.keys(outcome?.sources ?? {})).toHaveLength(12)
    expect(outcome?.errors).toEqual([])
  })
})

const CLAIM = `mutation { claimEmergencyAccess(nhsNumber: "${BERNARD}"
  reason: { alertType: SELF_CLAIMED_RELATIONSHIP, reason: SELF_CLAIM_EMERGENCY }
  justification: "Brought in unconscious, no papers") { id alertReference } }`

const name = (nhsNumber: string) => `{ patient(nhsNumber: "${nhsNumber}") { name { text } } }`

describe('A refusal is written down as fully as a look', () => {
  it.each([
    ['no relationship', name(BERNARD), {}, 'NO_LEGITIMATE_RELATIONSHIP', BERNARD],
    ['nobody of that number', name(UNKNOWN), {}, 'NO_LEGITIMATE_RELATIONSHIP', UNKNOWN],
    ['a wrong number', name('9990000019'), {}, 'BAD_USER_INPUT', null],
    ['a researcher', name(ADA), { as: 'researcher.nel' }, 'ROLE_NOT_PERMITTED', ADA],
    [
      'a trust that only contributes',
      name(ADA),
      { as: 'clinician.enht' },
      'VIEWING_NOT_PERMITTED',
      ADA,
    ],
    ['a privacy officer', name(ADA), { as: 'privacy-officer.sel' }, 'FIELD_NOT_PERMITTED', ADA],
    [
      'research',
      name(ADA),
      { headers: { 'x-purpose-of-use': 'HRESCH' } },
      'PURPOSE_NOT_PERMITTED',
      ADA,
    ],
    [
      'an action that is not theirs',
      CLAIM,
      { as: 'receptionist.nel' },
      'FIELD_NOT_PERMITTED',
      BERNARD,
    ],
  ] as const)('%s', async (_case, query, options, refusal, nhsNumber) => {
    const { events, outcomes } = await recorded(query, options)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ refusal, nhsNumber })
    expect(events[0]?.user).not.toBeNull()
    expect((await outcomes())[0]).toMatchObject({ items: {}, errors: [refusal] })
  })

  it('says for what it was wanted', async () => {
    const { events } = await recorded(name(ADA), { headers: { 'x-purpose-of-use': 'HRESCH' } })
    expect(events[0]).toMatchObject({ purpose: 'HRESCH', refusal: 'PURPOSE_NOT_PERMITTED' })
  })

  it('nobody with a token', async () => {
    const { answer, events } = await recorded(name(ADA), { as: null })
    expect(answer.status).toBe(401)
    expect(events).toMatchObject([{ refusal: 'UNAUTHENTICATED', user: null, nhsNumber: ADA }])
  })

  it('fields that a role may not see', async () => {
    const { events } = await recorded(
      `query($n: ID!) { patient(nhsNumber: $n) { name { text } drugs: medications { nodes { id } }
        records { ...on NelRecord { allergies { nodes { id } } encounters { nodes { reasons { display } } } } } } }`,
      { as: 'receptionist.nel', variables: { n: ADA } },
    )
    expect(events[0]).toMatchObject({
      refusal: null,
      sections: ['identity', 'encounters'],
      deniedFields: ['medications', 'allergies', 'reasons'],
    })
  })
})

describe('What an event says', () => {
  it('is one for each patient of an operation, each with its own answer', async () => {
    const { events } = await recorded(
      `{ a: patient(nhsNumber: "${ADA}") { allergies { nodes { id } } }
         b: patient(nhsNumber: "${BERNARD}") { medications { nodes { id } } } me { name } }`,
    )
    expect(
      events.map(({ nhsNumber, refusal, sections }) => [nhsNumber, refusal, sections]),
    ).toEqual([
      [ADA, null, ['allergies']],
      [BERNARD, 'NO_LEGITIMATE_RELATIONSHIP', ['medications']],
    ])
  })

  it('names no section that was skipped, and those of fragments and of both halves of a field', async () => {
    const { events } = await recorded(
      `query($no: Boolean!) { patient(nhsNumber: "${ADA}") { diagnoses @include(if: $no) { status } ...More }
         patient(nhsNumber: "${ADA}") { procedures { status } } }
       fragment More on Patient { immunisations { status } records { documents { nodes { id } } } }`,
      { variables: { no: false } },
    )
    expect(events.map(({ sections }) => sections)).toEqual([
      ['immunisations', 'documents', 'procedures'],
    ])
  })

  it('counts entries by source as well', async () => {
    const { answer, outcomes } = await recorded(
      `{ patient(nhsNumber: "${ADA}") { records { allergies { nodes { id } } } } }`,
    )
    const shown = answer.data.patient.records.flatMap(
      (record: { allergies: { nodes: unknown[] } }) => record.allergies.nodes,
    )
    expect(shown.length).toBeGreaterThan(0)
    expect((await outcomes())[0]?.items).toEqual({ allergies: shown.length })
  })

  it('keeps the text of an operation without what was written into it', async () => {
    const { events } = await recorded(summary(ADA))
    const { rows } = await sql<{ text: string }>`
      select text from operation where digest = ${events[0]?.operation.digest}`.execute(
      system.audit.owner,
    )
    expect(rows[0]?.text).toContain('patient(nhsNumber: "")')
  })

  it('names the number now in force for a patient who was asked for by an old one', async () => {
    const kwame = { current: '9990000107', former: '9990000115' }
    const { events } = await recorded(name(kwame.former), { as: 'doctor.mkuh' })
    expect(events[0]?.requestedNhsNumber).toBe(kwame.former)
    expect(events[0]?.nhsNumber).toBe(kwame.current)
  })
})

describe('What else is written down', () => {
  it('a search, and everybody whom it shows', async () => {
    const { answer, events } = await recorded(
      `{ findPatients(birthDate: "BIRTH", familyName: "Okafor") { name { text } } }`.replace(
        'BIRTH',
        (await system.ask(`{ patient(nhsNumber: "${ADA}") { birthDate } }`)).data.patient.birthDate,
      ),
    )
    expect(answer.data.findPatients).toHaveLength(1)
    expect(events).toMatchObject([
      { category: 'SEARCH', nhsNumber: null, facts: { familyName: 'Okafor' } },
      { category: 'SEARCH', nhsNumber: ADA, facts: { foundBy: events[0]?.event } },
    ])
  })

  it('an emergency claim and its end, and the look that rests on it', async () => {
    const claimed = await recorded(CLAIM)
    const { id } = claimed.answer.data.claimEmergencyAccess
    expect(claimed.events).toMatchObject([
      {
        category: 'EMERGENCY_ACCESS',
        action: 'claimEmergencyAccess',
        nhsNumber: BERNARD,
        refusal: null,
      },
    ])
    const look = await recorded(name(BERNARD))
    expect(look.events[0]?.grounds).toEqual({ kind: 'EMERGENCY_CLAIM', evidence: id })
    const ended = await recorded(`mutation { endEmergencyAccess(claimId: "${id}") { isOpen } }`)
    expect(ended.events).toMatchObject([
      { category: 'EMERGENCY_ACCESS', action: 'endEmergencyAccess', nhsNumber: BERNARD },
    ])
  })

  it('an objection, each of its steps, and who reads it', async () => {
    const as = 'privacy-officer.sel'
    const made = await recorded(
      `mutation { recordObjection(nhsNumber: "${ADA}", receivedOn: "2026-01-31", route: PROFESSIONAL) { id } }`,
      { as },
    )
    const { id } = made.answer.data.recordObjection
    const withdrawn = await recorded(
      `mutation { withdrawObjection(objectionId: "${id}") { state } }`,
      { as },
    )
    const read = await recorded(`{ objection(id: "${id}") { state } }`, { as })
    for (const { events } of [made, withdrawn, read]) {
      expect(events).toMatchObject([{ category: 'OBJECTION', nhsNumber: ADA, refusal: null }])
    }
  })

  it('who reads the audit itself', async () => {
    const { answer, events } = await recorded(
      `{ accessEvents(nhsNumber: "${ADA}", first: 1) { nodes { id } } }`,
      { as: 'privacy-officer.sel' },
    )
    expect(answer.errors).toBeUndefined()
    expect(events).toMatchObject([{ category: 'AUDIT', action: 'accessEvents', nhsNumber: ADA }])
  })

  it.each(['\0', '\ud800', '"\\u0000'])('what no database can hold as it came', async (text) => {
    const query =
      'query($name: String) { findPatients(birthDate: "1950-01-01", familyName: $name) { name { text } } }'
    const { events } = await recorded(query, { variables: { name: `O${text}Brien` } })
    expect(events).toHaveLength(1)
    expect((await recorded(name(ADA))).answer.errors).toBeUndefined()
  })

  it('nothing of what is about no patient', async () => {
    const { events } = await recorded(
      '{ me { name } participants { code } __schema { queryType { name } } }',
    )
    expect(events).toEqual([])
  })
})
