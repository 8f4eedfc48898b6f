import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import type { Finding } from '../check.ts'
import { type ServiceAnswer, tellFailure } from './ask-service.ts'
import { anyFeed, INTROSPECTION, WHICH_SCHEMA, whoIsIt } from './service-queries.ts'
import type { ServiceUnderCheck } from './service-under-check.ts'

/** A call that nobody should answer. */
interface UnwelcomeCall {
  /** To begin a sentence. */
  readonly what: string
  readonly query: string
  readonly authorization?: string
}

/**
 * Who brings no assertion, one that the gateway did not sign, or one for another participant, gets 401
 * and no data; the schema and the feed are no exception. None of the calls asks about a patient.
 */
export async function checkRefuses(service: ServiceUnderCheck): Promise<Finding[]> {
  const { ask, deadlineMs: waitMs } = service
  const calls = await unwelcomeCalls(service)
  const findings = await Promise.all(
    calls.map(async ({ what, ...call }) => findingIn(what, await ask({ ...call, waitMs }), waitMs)),
  )
  return findings.flat()
}

async function unwelcomeCalls(service: ServiceUnderCheck): Promise<UnwelcomeCall[]> {
  const { code, assertion, foreignAssertion } = service
  const query = whoIsIt(code, 'CheckRefuses')
  return [
    { what: 'A call without an assertion', query },
    { what: 'A call for the schema without an assertion', query: WHICH_SCHEMA },
    { what: 'An introspection without an assertion', query: INTROSPECTION },
    { what: 'A call for the feed without an assertion', query: anyFeed(code) },
    {
      what: 'A call with an assertion that nobody signed',
      query,
      authorization: `Bearer ${withoutSignature(assertion)}`,
    },
    {
      what: 'A call with an assertion that somebody else signed',
      query,
      authorization: `Bearer ${await signedByAnother(assertion)}`,
    },
    {
      what: 'A call with an assertion for another participant',
      query,
      authorization: `Bearer ${foreignAssertion}`,
    },
  ]
}

function findingIn(what: string, answer: ServiceAnswer, waitMs: number): Finding[] {
  const mend =
    'Verify the assertion before anything else, and answer 401 without data: docs/subgraph-protocol.md, Assertion.'
  const where = 'url'
  if (answer.outcome !== 'ANSWERED') {
    return [{ where, message: `${what} ${tellFailure(answer, waitMs)} and was not refused.`, mend }]
  }
  const { status, body } = answer
  const hasData = (body?.data ?? null) !== null
  if (status === 401 && !hasData) return []
  const got = hasData ? `got data (status ${status})` : `was answered with status ${status}`
  return [{ where, message: `${what} ${got} and must be refused with 401.`, mend }]
}

/** The same claims under a header that asks for no signature. */
function withoutSignature(assertion: string): string {
  const [, claims = ''] = assertion.split('.')
  const header = { ...decodeProtectedHeader(assertion), alg: 'none' }
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${claims}.`
}

/** The same claims and key id, signed with a key that nobody knows. */
async function signedByAnother(assertion: string): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256')
  const header = { ...decodeProtectedHeader(assertion), alg: 'ES256' }
  return new SignJWT(decodeJwt(assertion)).setProtectedHeader(header).sign(privateKey)
}
