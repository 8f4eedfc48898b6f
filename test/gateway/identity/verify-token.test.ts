import { createHmac } from 'node:crypto'
import {
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  signPersonaToken,
  type TokenOptions,
} from '../../../gateway/identity/development-issuer.ts'
import { type Persona, personas } from '../../../gateway/identity/personas.ts'
import { verifyToken } from '../../../gateway/identity/verify-token.ts'

const now = new Date('2026-11-22T09:00:00.000Z')
const gp = personaOf('gp.nel')
let issuerKey: JWK
let publicKey: JWK
let otherKey: JWK
let spki: string

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true })
  issuerKey = await exportJWK(pair.privateKey)
  publicKey = await exportJWK(pair.publicKey)
  spki = await exportSPKI(pair.publicKey)
  const other = await generateKeyPair('RS256', { extractable: true })
  otherKey = await exportJWK(other.privateKey)
})

function personaOf(key: string): Persona {
  const persona = personas.find((candidate) => candidate.key === key)
  if (!persona) throw new Error(`no persona ${key}`)
  return persona
}

function verify(authorization: string | undefined) {
  return verifyToken(authorization, {
    issuer: DEVELOPMENT_ISSUER,
    audience: DEVELOPMENT_AUDIENCE,
    keys: createLocalJWKSet({ keys: [publicKey] }),
    clock: () => now,
  })
}

async function tokenWith(options: Partial<TokenOptions>): Promise<string> {
  return `Bearer ${await signPersonaToken(gp, { privateKey: issuerKey, now, ...options })}`
}

async function tokenOf(claims: object): Promise<string> {
  const token = await new SignJWT({ ...goodClaims, ...claims })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(await importJWK(issuerKey, 'RS256'))
  return `Bearer ${token}`
}

const seconds = now.getTime() / 1000

const goodClaims = {
  iss: DEVELOPMENT_ISSUER,
  aud: DEVELOPMENT_AUDIENCE,
  sub: '555000000001',
  iat: seconds,
  exp: seconds + 600,
  nhsid_useruid: '555000000001',
  name: 'Dr Farah Siddiqui',
  authentication_assurance_level: '2',
  selected_roleid: '2',
  nhsid_nrbac_roles: [
    {
      org_code: 'R1H',
      person_roleid: '1',
      role_code: 'S8001:G8005:R1860',
      role_name: '"A":"B":"C"',
    },
    {
      org_code: 'F84115',
      person_roleid: '2',
      role_code: 'S8000:G8000:R0260',
      role_name: '"Primary Care":"Clinical":"General Medical Practitioner"',
      activity_codes: ['B0360'],
    },
  ],
}

describe('a genuine token', () => {
  it('gives the caller of the selected role, never of the first one', async () => {
    expect(await verify(await tokenOf({}))).toEqual({
      caller: {
        userId: '555000000001',
        name: 'Dr Farah Siddiqui',
        role: { profileId: '2', code: 'R0260', name: 'General Medical Practitioner' },
        odsCode: 'F84115',
        activityCodes: ['B0360'],
        assuranceLevel: 2,
        signedInAt: null,
        purposes: [],
        purpose: 'TREAT',
      },
      expiresAt: new Date((seconds + 600) * 1000),
    })
  })

  it.each([
    ['one', 'COC', ['COC'], 'COC'],
    ['one with its system', { system: 'v3-ActReason', code: 'ETREAT' }, ['ETREAT'], 'ETREAT'],
    ['several', ['BTG', { code: 'TREAT' }], ['BTG', 'TREAT'], 'BTG'],
    ['none', [], [], 'TREAT'],
    ['one that cannot be read: a purpose that nobody permits', 4, ['UNREADABLE'], 'UNREADABLE'],
  ])('tells its purposes: %s', async (_what, claim, purposes, purpose) => {
    const found = await verify(await tokenOf({ purpose_of_use: claim }))
    expect(found).toMatchObject({ caller: { purposes, purpose } })
  })

  it.each(personas.map(({ key }) => key))(
    'is what the development issuer signs for %s',
    async (key) => {
      const persona = personaOf(key)
      const token = await signPersonaToken(persona, { privateKey: issuerKey, now })
      expect(await verify(`Bearer ${token}`)).toMatchObject({
        caller: { name: persona.name, odsCode: persona.odsCode },
      })
    },
  )

  it.each([2, '2', 3, '3'])('may say its assurance level as %j', async (level) => {
    expect(await verify(await tokenOf({ authentication_assurance_level: level }))).toMatchObject({
      caller: { assuranceLevel: Number(level) },
    })
  })
})

describe('a token is refused', () => {
  it('when there is none', async () => {
    expect(await verify(undefined)).toEqual({ problem: 'MISSING' })
    expect(await verify('')).toEqual({ problem: 'MISSING' })
    expect(await verify('Basic YWRhOm9rYWZvcg==')).toEqual({ problem: 'MISSING' })
  })

  it('when it has expired', async () => {
    const hourAgo = new Date(now.getTime() - 3_600_000)
    expect(await verify(await tokenWith({ now: hourAgo, lifetime: 60 }))).toEqual({
      problem: 'EXPIRED',
    })
  })

  it('when it was issued in the future', async () => {
    const later = new Date(now.getTime() + 600_000)
    expect(await verify(await tokenWith({ now: later }))).toEqual({ problem: 'NOT_GENUINE' })
  })

  it('when another issuer signed it, or says it is ours', async () => {
    expect(await verify(await tokenWith({ issuer: 'https://elsewhere.invalid' }))).toEqual({
      problem: 'NOT_GENUINE',
    })
    expect(await verify(await tokenWith({ privateKey: otherKey }))).toEqual({
      problem: 'NOT_GENUINE',
    })
  })

  it('when it is for another audience', async () => {
    expect(await verify(await tokenWith({ audience: 'somebody-else' }))).toEqual({
      problem: 'NOT_GENUINE',
    })
  })

  it('when its algorithm is none', async () => {
    const unsigned = `${encode({ alg: 'none' })}.${encode(goodClaims)}.`
    expect(await verify(`Bearer ${unsigned}`)).toEqual({ problem: 'NOT_GENUINE' })
  })

  it('when it is signed by HS256 with the public key as the secret', async () => {
    const body = `${encode({ alg: 'HS256' })}.${encode(goodClaims)}`
    const signature = createHmac('sha256', spki).update(body).digest('base64url')
    expect(await verify(`Bearer ${body}.${signature}`)).toEqual({ problem: 'NOT_GENUINE' })
  })

  it('when one byte of it was changed', async () => {
    const [header = '', payload = '', signature = ''] = (await tokenOf({})).split('.')
    const changed = Buffer.from(payload, 'base64url').toString().replace('F84115', 'F84116')
    const token = [header, Buffer.from(changed).toString('base64url'), signature].join('.')
    expect(await verify(token)).toEqual({ problem: 'NOT_GENUINE' })
  })

  it.each([{ exp: undefined }, { iat: undefined }, { sub: undefined }])(
    'without %j',
    async (claims) => {
      expect(await verify(await tokenOf(claims))).toEqual({ problem: 'NOT_GENUINE' })
    },
  )

  it.each([1, '1'])('at assurance level %j', async (level) => {
    expect(await verify(await tokenOf({ authentication_assurance_level: level }))).toEqual({
      problem: 'ASSURANCE_LEVEL_TOO_LOW',
    })
  })

  it.each([
    ['no role is selected', { selected_roleid: undefined }],
    ['the selected role is not among the roles', { selected_roleid: '3' }],
    ['there is no role at all', { nhsid_nrbac_roles: [] }],
    [
      'the selected role stands there twice',
      {
        nhsid_nrbac_roles: [goodClaims.nhsid_nrbac_roles[1], goodClaims.nhsid_nrbac_roles[1]],
      },
    ],
    ['the level is no level', { authentication_assurance_level: 'high' }],
    [
      'the role code is no role code',
      {
        nhsid_nrbac_roles: [{ ...goodClaims.nhsid_nrbac_roles[1], role_code: 'R0260' }],
      },
    ],
  ])('when %s', async (_case, claims) => {
    expect(await verify(await tokenOf(claims))).toEqual({ problem: 'NO_SELECTED_ROLE' })
  })
})

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
