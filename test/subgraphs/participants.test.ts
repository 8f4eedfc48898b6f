import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { createMercuriusTestClient } from 'mercurius-integration-testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSubgraph } from '../../subgraphs/kit/create-subgraph.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { claimsOf, createTestSigner, type TestSigner } from './kit/test-signer.ts'
import { putItem, putPatient } from './kit/test-store.ts'

const ADA = '9990000018'
const BEN = '9990000026'

const participants = await findParticipants()

it('are twelve', () => {
  expect(participants.map(({ code }) => code)).toEqual(
    'clch enht hct hpft mkuh ncl nel nwl paht sel swl whth'.split(' '),
  )
})

describe.each(participants)('$code', (participant) => {
  const { code } = participant
  const type = code.charAt(0).toUpperCase() + code.slice(1)
  const contributes = isContributor(participant)

  let database: TestDatabase
  let db: Kysely<ParticipantDatabase>
  let server: FastifyInstance
  let signer: TestSigner

  beforeAll(async () => {
    database = await createDatabase()
    signer = await createTestSigner()
    server = await createSubgraph({
      participant,
      databaseUrl: database.url,
      gatewayKeys: signer.keys,
    })
    db = connect<ParticipantDatabase>(database.url, 1)
    for (const nhsNumber of [ADA, BEN]) {
      await putPatient(db, nhsNumber)
      await putItem(db, nhsNumber, `${code}-${nhsNumber}`)
    }
  })

  afterAll(async () => {
    await db.destroy()
    await server.close()
    await database.drop()
  })

  async function clientWith(assertion: Parameters<TestSigner['sign']>[0]) {
    const authorization = await signer.sign(assertion)
    return createMercuriusTestClient(server, { headers: { authorization } })
  }

  it('publishes a Federation 2 schema with its own types', async () => {
    const client = await clientWith({ participant: code })
    const { data } = await client.query('{ _service { sdl } }')

    expect(data['_service'].sdl).toContain(`type ${type} implements Participant`)
    expect(data['_service'].sdl).toContain('@key(fields: "code")')
    expect(data['_service'].sdl.includes(`type ${type}Record`)).toBe(contributes)
  })

  it('says who it is and how its service is', async () => {
    const client = await clientWith({ participant: code })
    const entity = await client.getFederatedEntity({
      typename: type,
      keys: { code },
      typeQuery: `... on ${type} {
        code name kind participation organisations { odsCode } complaints { name } service { status }
      }`,
    })

    expect(entity).toEqual({
      __typename: type,
      code,
      name: participant.name,
      kind: participant.kind,
      participation: participant.participation,
      organisations: participant.organisations.map(({ odsCode }) => ({ odsCode })),
      complaints: { name: participant.complaints.name },
      service: { status: 'UP' },
    })
  })

  onlyIf(contributes)('serves the record of the patient that the assertion is for', async () => {
    const client = await clientWith({ participant: code, nhsNumber: ADA })
    const { data, errors } = await client.query(recordQuery(type), {
      variables: { representations: [{ __typename: `${type}Record`, nhsNumber: ADA }] },
    })

    expect(errors).toBeUndefined()
    expect(data).toEqual({
      _entities: [
        {
          nhsNumber: ADA,
          asOf: '2026-01-02T03:04:05.000Z',
          demographics: { name: { text: 'Ada Example' }, addresses: [{ postcode: 'E1 1AA' }] },
          allergies: {
            status: 'HAS_ENTRIES',
            nodes: [{ id: `${code}-${ADA}`, code: { display: 'Penicillin' } }],
          },
          medications: { status: 'NOTHING_RECORDED', nodes: [] },
        },
      ],
    })
  })

  onlyIf(contributes)('refuses the record of another patient', async () => {
    const client = await clientWith({ participant: code, nhsNumber: ADA })
    const representations = [ADA, BEN].map((nhsNumber) => ({
      __typename: `${type}Record`,
      nhsNumber,
    }))
    const { data, errors } = await client.query(recordQuery(type), {
      variables: { representations },
    })

    expect(data).toBeNull()
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN' }])
  })

  onlyIf(contributes)('refuses a record to an assertion about no patient', async () => {
    for (const scope of ['participant.read', 'feed.read'] as const) {
      const client = await clientWith({ participant: code, scope })
      const { data, errors } = await client.query(recordQuery(type), {
        variables: { representations: [{ __typename: `${type}Record`, nhsNumber: ADA }] },
      })

      expect(data).toBeNull()
      expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN' }])
    }
  })

  onlyIf(!contributes)('publishes no record type, whoever asks', async () => {
    const client = await clientWith({ participant: code, nhsNumber: ADA })
    const { errors } = await client.query(recordQuery(type), {
      variables: { representations: [{ __typename: `${type}Record`, nhsNumber: ADA }] },
    })

    expect(errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' })
    const forged = await client.query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      { variables: { r: [{ __typename: `${type}Record`, nhsNumber: ADA }] } },
    )
    expect(forged.data).toBeNull()
    expect(forged.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN' }])
  })

  it('opens its feed to the index alone', async () => {
    const query = `{ ${code}Feed { changes { nhsNumber holdsRecord } hasMore } }`
    const index = await clientWith({ participant: code, scope: 'feed.read' })
    expect((await index.query(query)).data).toEqual({
      [`${code}Feed`]: {
        changes: [
          { nhsNumber: ADA, holdsRecord: contributes },
          { nhsNumber: BEN, holdsRecord: contributes },
        ],
        hasMore: false,
      },
    })
    for (const assertion of [{ participant: code }, { participant: code, nhsNumber: ADA }]) {
      const { data, errors } = await (await clientWith(assertion)).query(query)
      expect(data).toBeNull()
      expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN' }])
    }
  })

  describe('answers 401, the same to everybody and introspection included, to', () => {
    const now = Math.floor(Date.now() / 1000)
    const another = participants.find((each) => each.code !== code)?.code ?? ''
    const genuine = { participant: code, nhsNumber: ADA }
    const callers: [string, () => Promise<string | undefined>][] = [
      ['nobody', async () => undefined],
      ['something that is no token', async () => 'Bearer nonsense'],
      [
        'an assertion for another participant',
        () => signer.sign({ ...genuine, participant: another }),
      ],
      [
        'one for several participants',
        () => signer.sign({ ...genuine, claims: { aud: [code, another] } }),
      ],
      ['an expired one', () => signer.sign({ ...genuine, issuedAt: now - 120 })],
      [
        'one that lives too long',
        () => signer.sign({ ...genuine, issuedAt: now - 120, lifetimeS: 3600 }),
      ],
      ['one from the future', () => signer.sign({ ...genuine, issuedAt: now + 60 })],
      ['one without an expiry', () => signer.sign({ ...genuine, claims: { exp: undefined } })],
      ['one of another issuer', () => signer.sign({ ...genuine, claims: { iss: 'somebody' } })],
      ['a token of another type', () => signer.sign({ ...genuine, typ: 'JWT' })],
      [
        'one whose patient is no number',
        () => signer.sign({ ...genuine, claims: { patient: { nhs_number: '*' } } }),
      ],
      [
        'one about patients that names none',
        () => signer.sign({ participant: code, scope: 'patient/*.read' }),
      ],
      [
        'one that names a patient beyond its scope',
        () => signer.sign({ ...genuine, scope: 'feed.read' }),
      ],
      [
        'one for another reason',
        () => signer.sign({ ...genuine, claims: { reason_for_request: 'research' } }),
      ],
      ...incompleteClaims(genuine).map(([what, claims]): [string, () => Promise<string>] => [
        what,
        () => signer.sign({ ...genuine, claims }),
      ]),
      ['one signed by another key', async () => (await createTestSigner()).sign(genuine)],
      ['alg none', async () => `Bearer ${token({ alg: 'none' }, genuine, () => '')}`],
      [
        'HS256 signed with the public key',
        async () =>
          `Bearer ${token({ alg: 'HS256', kid: 'test' }, genuine, (input) =>
            createHmac('sha256', JSON.stringify(signer.keys.keys[0]))
              .update(input)
              .digest('base64url'),
          )}`,
      ],
    ]

    it.each(callers)('%s', async (_who, authorization) => {
      const header = await authorization()
      for (const query of [
        '{ __schema { types { name } } }',
        '{ _service { sdl } }',
        '{ nonsense }',
      ]) {
        const answer = await server.inject({
          method: 'POST',
          url: '/graphql',
          headers: header === undefined ? {} : { authorization: header },
          payload: { query },
        })
        expect([answer.statusCode, answer.json()]).toEqual([
          401,
          {
            errors: [
              {
                message: 'This subgraph answers only a valid assertion of the gateway.',
                extensions: { code: 'UNAUTHENTICATED' },
              },
            ],
          },
        ])
      }
    })
  })
})

type Claims = Readonly<Record<string, unknown>>

/** Claims about who asks, what for and on what grounds, of which none may be missing or another. */
function incompleteClaims(assertion: Parameters<typeof claimsOf>[0]): [string, Claims][] {
  const whole = claimsOf(assertion)
  const practitioner = whole['requesting_practitioner'] as Record<string, unknown>
  const asks = (changes: Claims) => ({ requesting_practitioner: { ...practitioner, ...changes } })
  const purposes = 'HRESCH HPAYMT HMARKT HOPERAT PUBHLTH HLEGAL COVERAGE treat'.split(' ')
  return [
    ...purposes.map((purpose): [string, Claims] => [`one for ${purpose}`, { purpose }]),
    ['one without a purpose', { purpose: undefined }],
    ['one with several purposes', { purpose: ['TREAT', 'HRESCH'] }],
    ['one that does not say whether the patient is sensitive', { patient: { nhs_number: ADA } }],
    ['one without a relationship', { relationship: undefined }],
    ['one with a relationship of no kind', { relationship: {} }],
    ['one with a relationship of an unknown kind', { relationship: { kind: 'CURIOSITY' } }],
    ['one without an organisation', { requesting_organization: undefined }],
    ['one without a person', { requesting_practitioner: undefined }],
    ['one without a role', asks({ role_code: undefined })],
    ['one with an empty role', asks({ role_code: '' })],
    ['one that does not say which activities the role holds', asks({ activity_codes: undefined })],
    ['one whose activities are no list', asks({ activity_codes: 'B1611' })],
  ]
}

/** A test for some participants only; the others have none, rather than one that is skipped. */
function onlyIf(condition: boolean): (title: string, test: () => Promise<void>) => void {
  return condition ? it : () => {}
}

function recordQuery(type: string): string {
  return `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on ${type}Record {
        nhsNumber
        asOf
        demographics { name { text } addresses { postcode } }
        allergies { status nodes { id code { display } } }
        medications { status nodes { id } }
      }
    }
  }`
}

function token(
  header: object,
  assertion: Parameters<typeof claimsOf>[0],
  sign: (input: string) => string,
): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const input = `${encode({ typ: 'lcr-assertion+jwt', ...header })}.${encode(claimsOf(assertion))}`
  return `${input}.${sign(input)}`
}
