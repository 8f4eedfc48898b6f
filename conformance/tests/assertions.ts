import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { describeReply } from '../subject/reply.ts'
import { failed, PASSED } from '../verdict.ts'
import {
  callOf,
  change,
  forged,
  genuine,
  isUnauthenticated,
  refusalTest,
  without,
} from './refused-assertion.ts'

const VERIFY = 'Verify with a JWT library that is given the algorithm, type, issuer and audience.'

const none = refusalTest({
  id: 'assertion.none',
  title: 'Refuses a call without an assertion, and one with something else in its place',
  attempts: (subject) => {
    const token = subject.sign(genuine(subject)).replace('Bearer ', '')
    return [
      { what: 'a call without an assertion', authorization: undefined },
      { what: 'an empty header', authorization: '' },
      { what: 'a bearer without a token', authorization: 'Bearer' },
      { what: 'a bearer that is no token', authorization: 'Bearer none' },
      { what: 'an assertion as a password', authorization: `Basic ${btoa(`user:${token}`)}` },
      {
        what: 'an assertion without its signature',
        authorization: `Bearer ${token.split('.').slice(0, 2).join('.')}`,
      },
    ]
  },
  mend: 'Verify before anything is read of the body; answer 401 whatever is wrong.',
})

const schemaToo: ConformanceTest = {
  id: 'assertion.schema-too',
  title: 'Tells its schema to nobody without an assertion: no _service, no introspection',
  async run(subject) {
    const queries = [
      '{ _service { sdl } }',
      '{ __schema { queryType { name } } }',
      '{ __typename }',
    ]
    for (const query of queries) {
      const reply = await subject.call({ body: { query } })
      if (isUnauthenticated(reply)) continue
      return failed({
        expected: `401 and no data for ${query} without an assertion`,
        came: describeReply(reply),
        mend: 'Put the verification before the GraphQL server, not into its resolvers.',
      })
    }
    return PASSED
  },
}

const sameBody: ConformanceTest = {
  id: 'assertion.same-body',
  title: 'Refuses whatever is wrong with the same words, and the code UNAUTHENTICATED',
  async run(subject) {
    const issuer = change({ iss: 'another' })
    const replies = await Promise.all([
      callOf(subject, undefined),
      callOf(subject, 'Bearer none'),
      callOf(subject, subject.sign({ ...genuine(subject), ...issuer })),
    ])
    const isSame = new Set(replies.map(({ text }) => text)).size === 1
    const code = JSON.stringify(replies[0]?.errors).includes('"code":"UNAUTHENTICATED"')
    if (isSame && code) return PASSED
    return failed({
      expected: 'one body for every refusal, with an error of the code UNAUTHENTICATED',
      came: isSame ? 'another code' : 'bodies that differ',
      mend: 'Write why it was refused to the log; whoever tries tokens learns nothing.',
    })
  },
}

const missing: ConformanceTest = refusalTest({
  id: 'assertion.missing-claims',
  title: 'Refuses an assertion in which a claim is missing',
  attempts: (subject) => {
    const assertion = genuine(subject)
    const always = [
      'sub',
      'jti',
      'iat',
      'exp',
      'iss',
      'aud',
      'reason_for_request',
      'requested_scope',
      'request_id',
    ]
    const ofRecords = [
      'patient',
      'patient.nhs_number',
      'patient.is_sensitive',
      'requesting_organization',
      'requesting_organization.ods_code',
      'requesting_practitioner',
      'requesting_practitioner.sds_user_id',
      'requesting_practitioner.role_code',
      'requesting_practitioner.activity_codes',
      'purpose',
      'relationship',
      'relationship.kind',
    ]
    const paths = assertion.nhsNumber === undefined ? always : [...always, ...ofRecords]
    return paths.map((path) => ({
      what: `an assertion without ${path}`,
      authorization: subject.sign({ ...assertion, change: (claims) => without(claims, path) }),
    }))
  },
  mend: 'Check every claim that docs/subgraph-protocol.md names: the holder of a record decides by them and by nothing else.',
})

const unusable: ConformanceTest = {
  ...forged(
    'assertion.unknown-claims',
    'Refuses a purpose, relationship or scope outside the contract',
    {
      'a purpose that is not direct care': change({ purpose: 'HRESCH' }),
      'an unknown relationship': change({ relationship: { kind: 'CURIOSITY' } }),
      'an unknown scope': change({ requested_scope: 'patient/*.write' }),
      'a reason that is not direct care': change({ reason_for_request: 'audit' }),
      mend: 'Accept the words of the contract alone.',
    },
  ),
  isAboutRecords: true,
}

const accepted: ConformanceTest = {
  id: 'assertion.accepted',
  title:
    'Accepts a genuine assertion, a second time as well while it is good, and clocks that differ a little',
  async run(subject) {
    const authorization = subject.sign(genuine(subject))
    const attempts = [
      { what: 'a genuine assertion', authorization },
      { what: 'the same assertion again', authorization },
      {
        what: 'an assertion of a clock that is two seconds ahead',
        authorization: subject.sign({ ...genuine(subject), ageS: -2 }),
      },
    ]
    for (const { what, authorization } of attempts) {
      const reply = await callOf(subject, authorization)
      if (reply.status === 200 && reply.data !== null && reply.errors.length === 0) continue
      return failed({
        expected: `an answer for ${what}`,
        came: describeReply(reply),
        mend: 'The gateway tries a second time with the same assertion; allow 5 s for the clocks.',
      })
    }
    return PASSED
  },
}

/** Who may call at all. */
export const assertions: ConformanceGroup = {
  name: 'assertion',
  title: 'Assertion',
  tests: [
    accepted,
    none,
    schemaToo,
    sameBody,
    forged(
      'assertion.expired',
      'Refuses an assertion that has expired, or is older than a minute',
      {
        'an assertion that has expired': { ageS: 120, lifetimeS: 60 },
        'an assertion of ten minutes ago that calls itself good': { ageS: 600, lifetimeS: 3600 },
        mend: 'Check exp, and refuse what was issued more than 60 s ago.',
      },
    ),
    forged('assertion.not-yet-valid', 'Refuses an assertion from the future', {
      'an assertion that was issued in ten minutes': { ageS: -600 },
      mend: 'Refuse an iat in the future, apart from 5 s for the clocks.',
    }),
    forged('assertion.wrong-audience', 'Refuses an assertion for another participant', {
      'another audience': change({ aud: 'another' }),
      'no audience': change({ aud: '' }),
      'several audiences': { change: (claims) => ({ ...claims, aud: [claims['aud'], 'another'] }) },
      mend: 'aud is exactly the own code: what was signed for one participant is worthless at another.',
    }),
    forged('assertion.wrong-issuer', 'Refuses an assertion of another issuer or type', {
      'another issuer': change({ iss: 'another' }),
      'a token of another type': { header: { typ: 'JWT' } },
      'a token without a type': { header: { typ: undefined } },
      mend: VERIFY,
    }),
    forged('assertion.wrong-signature', 'Refuses an assertion that the gateway did not sign', {
      'a signature by another key': { forgery: 'OTHER_KEY' },
      'the signature of other claims': { forgery: 'OTHER_CLAIMS' },
      mend: VERIFY,
    }),
    forged('assertion.other-algorithm', 'Refuses every algorithm but ES256', {
      'alg none': { forgery: 'NONE' },
      'HS256 with the public key as secret': { forgery: 'PUBLIC_KEY_AS_SECRET' },
      mend: 'Name ES256 to the library: an algorithm that the token chooses is chosen by the forger.',
    }),
    missing,
    unusable,
  ],
}
