import { type BrokenSubgraph, claimsOf, inAnswer, type Loose, numbersIn, takes } from './fault.ts'

const GROUPS = ['assertion', 'scopes', 'roles']

/** Subgraphs that let in whom they should not, or show them too much. */
export const brokenDoors: readonly BrokenSubgraph[] = [
  {
    what: 'answers unsigned calls',
    fault: (sign) => ({
      ask: (asked) =>
        asked.headers['authorization'] === undefined
          ? { ...asked, headers: { ...asked.headers, authorization: signFor(sign, asked) } }
          : asked,
    }),
    only: GROUPS,
    fails: {
      'assertion.none': 'HTTP 200 with data',
      'assertion.schema-too': 'HTTP 200 with data',
      'assertion.same-body': 'bodies that differ',
    },
  },
  {
    what: 'tells its schema to anybody',
    fault: (sign) => ({
      ask: (asked) =>
        asked.headers['authorization'] === undefined && asked.body.includes('_service')
          ? { ...asked, headers: { ...asked.headers, authorization: sign() } }
          : asked,
    }),
    only: GROUPS,
    fails: { 'assertion.schema-too': 'HTTP 200 with data' },
  },
  {
    what: 'takes an assertion for another participant',
    fault: (sign) =>
      takes(sign, (claims) => (claims.aud === 'another' ? { ...claims, aud: 'nel' } : null)),
    only: GROUPS,
    fails: { 'assertion.wrong-audience': 'HTTP 200 with data' },
  },
  {
    what: 'takes an expired assertion',
    fault: (sign) =>
      takes(sign, (claims) => {
        const now = Math.floor(Date.now() / 1000)
        return claims.exp < now ? { ...claims, iat: now, exp: now + 60 } : null
      }),
    only: GROUPS,
    fails: { 'assertion.expired': 'HTTP 200 with data' },
  },
  {
    what: 'takes whatever key has signed',
    fault: (sign) =>
      takes(sign, (claims, asked) => (algorithmOf(asked) === 'ES256' ? claims : null)),
    only: ['assertion.wrong-signature', 'assertion.other-algorithm', 'assertion.expired', 'scopes'],
    fails: { 'assertion.wrong-signature': 'HTTP 200 with data' },
  },
  {
    what: 'takes an assertion without a signature',
    fault: (sign) =>
      takes(sign, (claims, asked) => (algorithmOf(asked) === 'none' ? claims : null)),
    only: GROUPS,
    fails: { 'assertion.other-algorithm': 'HTTP 200 with data' },
  },
  {
    what: 'takes an assertion without a relationship',
    fault: (sign) =>
      takes(sign, (claims) =>
        claims.patient && !claims.relationship
          ? { ...claims, relationship: { kind: 'REFERRAL' } }
          : null,
      ),
    only: GROUPS,
    fails: { 'assertion.missing-claims': 'HTTP 200 with data' },
  },
  {
    what: 'opens the record of another patient than the assertion is for',
    fault: (sign) =>
      takes(sign, (claims, asked) => {
        const [number, ...more] = numbersIn(asked)
        const isOther = claims.patient && claims.patient.nhs_number !== number
        return number !== undefined &&
          more.length === 0 &&
          isOther &&
          claims.exp > Date.now() / 1000
          ? { ...claims, patient: { ...claims.patient, nhs_number: number } }
          : null
      }),
    only: ['scopes'],
    fails: { 'scopes.other-patient': 'HTTP 200 with data' },
  },
  {
    what: 'opens the feed to whoever may read a record',
    fault: (sign) =>
      takes(sign, (claims, asked) =>
        asked.body.includes('nelFeed')
          ? { ...claims, requested_scope: 'feed.read', patient: undefined }
          : null,
      ),
    only: ['scopes', 'feed'],
    fails: { 'scopes.feed': 'HTTP 200 with data' },
  },
  {
    what: 'shows a pharmacist what a doctor sees',
    fault: (sign) => takes(sign, (claims) => asRole(claims, 'R1290', 'R8000')),
    only: GROUPS,
    fails: {
      'roles.sections': 'imagingReports is shown',
      'roles.demographics': 'addresses differs',
    },
  },
  {
    what: 'shows a researcher the record',
    fault: (sign) => takes(sign, (claims) => asRole(claims, 'R1860', 'R8000')),
    only: GROUPS,
    fails: { 'roles.nobody': 'HTTP 200 with data' },
  },
  {
    what: 'knows nothing of flags that other sources set',
    fault: (sign) =>
      takes(sign, (claims) =>
        claims.patient?.is_sensitive === true
          ? { ...claims, patient: { ...claims.patient, is_sensitive: false } }
          : null,
      ),
    only: [...GROUPS, 'sensitive'],
    fails: {
      'sensitive.demographics': 'addresses is shown',
      'sensitive.entries': 'is shown',
      'sensitive.words': 'a text that names a place',
    },
  },
  {
    what: 'leaves the telephone of a sensitive patient’s next of kin',
    fault: () =>
      inAnswer((body, asked) => {
        const demographics = body.data?._entities?.[0]?.demographics
        const claims = claimsOf(asked)
        const mayLocate = claims?.requesting_practitioner?.activity_codes.includes('B1611')
        if (!demographics?.contacts || mayLocate || !claims?.patient?.is_sensitive) return
        demographics.contacts = [
          { name: null, relationship: null, telecom: [{ system: 'phone', value: '0', use: null }] },
        ]
      }),
    only: ['sensitive'],
    fails: { 'sensitive.demographics': 'contacts is shown' },
  },
]

function algorithmOf({ headers }: Parameters<typeof claimsOf>[0]): string {
  const [header = ''] = (headers['authorization'] ?? '').replace('Bearer ', '').split('.')
  return JSON.parse(Buffer.from(header, 'base64url').toString('utf8') || '{}').alg
}

function asRole(claims: Loose, from: string, to: string): Loose | null {
  const who = claims.requesting_practitioner
  return who?.role_code === from
    ? { ...claims, requesting_practitioner: { ...who, role_code: to } }
    : null
}

function signFor(
  sign: Parameters<BrokenSubgraph['fault']>[0],
  asked: Parameters<typeof claimsOf>[0],
): string {
  const [nhsNumber] = numbersIn(asked)
  return nhsNumber === undefined ? sign() : sign({ nhsNumber })
}
