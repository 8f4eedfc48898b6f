import type { ConformanceTest } from '../conformance-test.ts'
import { describeReply, type Reply } from '../subject/reply.ts'
import type { Assertion } from '../subject/sign.ts'
import type { Subject } from '../subject/subject.ts'
import { failed, PASSED } from '../verdict.ts'

/** An operation that a genuine assertion would open, with the most that it can open. */
export function callOf(subject: Subject, authorization: string | undefined): Promise<Reply> {
  const [patient] = subject.patients
  const representation =
    patient && subject.contributes
      ? { __typename: subject.recordType, nhsNumber: patient.nhsNumber }
      : { __typename: subject.type, code: subject.participant.code }
  return subject.call({
    ...(authorization !== undefined && { authorization }),
    body: {
      query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }`,
      variables: { representations: [representation] },
    },
  })
}

/** What the gateway would assert for that operation. */
export function genuine({ patients: [patient], contributes }: Subject): Assertion {
  return patient && contributes ? { nhsNumber: patient.nhsNumber } : {}
}

/** True for a refusal that tells nothing. */
export function isUnauthenticated(reply: Reply): boolean {
  return reply.status === 401 && reply.data === null
}

/** What a test of refusals tries: each with the header that it sends. */
type Attempts = (subject: Subject) => readonly {
  readonly what: string
  readonly authorization: string | undefined
}[]

/** A test of calls that are all refused with 401. */
export function refusalTest(given: {
  readonly id: string
  readonly title: string
  readonly attempts: Attempts
  readonly mend: string
}): ConformanceTest {
  const { id, title, attempts, mend } = given
  return {
    id,
    title,
    async run(subject) {
      for (const { what, authorization } of attempts(subject)) {
        const reply = await callOf(subject, authorization)
        if (isUnauthenticated(reply)) continue
        return failed({ expected: `401 and no data for ${what}`, came: describeReply(reply), mend })
      }
      return PASSED
    },
  }
}

/** A test of one assertion that differs from a genuine one. */
export function forged(
  id: string,
  title: string,
  {
    mend,
    ...forgeries
  }: { readonly mend: string } & { readonly [what: string]: Partial<Assertion> | string },
): ConformanceTest {
  const attempts: Attempts = (subject) =>
    Object.entries(forgeries).map(([what, assertion]) => ({
      what,
      authorization: subject.sign({ ...genuine(subject), ...(assertion as Partial<Assertion>) }),
    }))
  return refusalTest({ id, title, attempts, mend })
}

/** Claims other than the genuine ones. */
export const change = (changes: Readonly<Record<string, unknown>>): Partial<Assertion> => ({
  change: (claims) => ({ ...claims, ...changes }),
})

/** The claims without one of them: `patient.nhs_number`. */
export function without(claims: object, path: string): Readonly<Record<string, unknown>> {
  const [name = '', ...inner] = path.split('.')
  const { [name]: value, ...others } = claims as Record<string, unknown>
  return inner.length === 0
    ? others
    : { ...others, [name]: without(Object(value), inner.join('.')) }
}
