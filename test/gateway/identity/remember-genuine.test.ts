import { createLocalJWKSet, exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose'
import { beforeEach, expect, it } from 'vitest'
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  signPersonaToken,
} from '../../../gateway/identity/development-issuer.ts'
import { personas } from '../../../gateway/identity/personas.ts'
import { type Identify, rememberGenuine } from '../../../gateway/identity/remember-genuine.ts'
import { verifyToken } from '../../../gateway/identity/verify-token.ts'

const began = new Date('2026-11-22T09:00:00.000Z')
let now: Date
let keys: JSONWebKeySet
let token: (persona: string, lifetime?: number) => Promise<string>
let identify: Identify
let verified: number

beforeEach(async () => {
  now = began
  const pair = await generateKeyPair('RS256', { extractable: true })
  const privateKey = await exportJWK(pair.privateKey)
  keys = { keys: [await exportJWK(pair.publicKey)] }
  token = async (key, lifetime) => {
    const persona = personas.find((one) => one.key === key)
    if (!persona) throw new Error(`no persona ${key}`)
    const options = { privateKey, now: began, ...(lifetime !== undefined && { lifetime }) }
    return `Bearer ${await signPersonaToken(persona, options)}`
  }
  verified = 0
  identify = rememberGenuine(
    (authorization) => {
      verified += 1
      return verifyToken(authorization, {
        issuer: DEVELOPMENT_ISSUER,
        audience: DEVELOPMENT_AUDIENCE,
        keys: createLocalJWKSet(keys),
        clock: () => now,
      })
    },
    () => now,
  )
})

const nameOf = async (authorization: string) => {
  const found = await identify(authorization)
  return 'caller' in found ? found.caller.name : found.problem
}

it('verifies a token once, and takes nobody for somebody else', async () => {
  const [gp, doctor] = [await token('gp.nel'), await token('ed-doctor.sel')]
  const names = [await nameOf(gp), await nameOf(doctor), await nameOf(gp), await nameOf(doctor)]
  expect(names.slice(0, 2)).toEqual(names.slice(2))
  expect(names[0]).not.toBe(names[1])
  expect(verified).toBe(2)
})

it('knows a token to the letter alone', async () => {
  const genuine = await token('gp.nel')
  await nameOf(genuine)
  const [header, payload, signature = ''] = genuine.split('.')
  const other = await token('ed-doctor.sel')
  expect(await nameOf(`${header}.${other.split('.')[1]}.${signature}`)).toBe('NOT_GENUINE')
  expect(await nameOf(`${header}.${payload}.${other.split('.')[2]}`)).toBe('NOT_GENUINE')
  expect(await nameOf(`${header}.${payload}.`)).toBe('NOT_GENUINE')
  expect(await nameOf(genuine.replace('Bearer ', ''))).toBe('MISSING')
})

it('remembers no token beyond its end', async () => {
  const authorization = await token('gp.nel', 10)
  await identify(authorization)
  now = new Date(began.getTime() + 9999)
  await identify(authorization)
  expect(verified).toBe(1)
  now = new Date(began.getTime() + 10_000)
  await identify(authorization)
  expect(verified).toBe(2)
  now = new Date(began.getTime() + 16_000)
  expect(await nameOf(authorization)).toBe('EXPIRED')
})

it('looks anew at what was not genuine', async () => {
  const { keys: good } = keys
  keys = { keys: [] }
  const authorization = await token('gp.nel')
  expect(await nameOf(authorization)).toBe('NOT_GENUINE')
  keys = { keys: good }
  expect(await nameOf(authorization)).not.toBe('NOT_GENUINE')
})

it("stops believing in half a minute when the issuer has taken a token's key back", async () => {
  const authorization = await token('gp.nel')
  await nameOf(authorization)
  keys = { keys: [] }
  now = new Date(began.getTime() + 29_999)
  expect(await nameOf(authorization)).not.toBe('NOT_GENUINE')
  now = new Date(began.getTime() + 30_000)
  expect(await nameOf(authorization)).toBe('NOT_GENUINE')
})
