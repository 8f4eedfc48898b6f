import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../project-root.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-token-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function token(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const command = join(projectRoot, 'dist', 'cli', 'lcr.js')
  const env = { PATH: process.env['PATH'] ?? '', LCR_DATA_DIR: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, [command, 'token', ...args], { env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

describe('lcr token', () => {
  it('makes a token of somebody who signed in just now, at level 2', async () => {
    const { out } = await token('--as', 'ed-doctor.sel')
    const claims = decodeJwt(out.trim())
    expect(claims['authentication_assurance_level']).toBe('2')
    expect(claims['auth_time']).toBeGreaterThan((claims.iat ?? 0) - 60)
  })

  it('makes one of an older sign-in, at another level', async () => {
    const { out } = await token('--as', 'gp.nel', '--signed-in', '60', '--assurance-level', '3')
    const claims = decodeJwt(out.trim())
    expect(claims['authentication_assurance_level']).toBe('3')
    expect(Number(claims.iat) - Number(claims['auth_time'])).toBeGreaterThanOrEqual(3600)
  })

  it.each([
    ['--assurance-level', '4'],
    ['--signed-in', 'yesterday'],
    ['--expires-in', '0'],
    ['--at', "King's"],
  ])('refuses %s %s in one line', async (option, value) => {
    const { code, err } = await token('--as', 'gp.nel', option, value)
    expect(code).toBe(1)
    expect(err).toContain(`error: option '${option}`)
    expect(err).not.toMatch(/ {4}at /)
  })
})
