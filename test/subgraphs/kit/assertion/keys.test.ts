import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readGatewayKeys } from '../../../../subgraphs/kit/assertion/keys.ts'
import { createAssertionVerifier } from '../../../../subgraphs/kit/assertion/verify.ts'
import { createTestSigner } from '../test-signer.ts'

const clock = () => new Date()

it('verifies with keys from a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lcr-keys-'))
  try {
    const signer = await createTestSigner()
    const file = join(folder, 'jwks.json')
    await writeFile(file, JSON.stringify(signer.keys))
    const verify = createAssertionVerifier({
      audience: 'nel',
      keys: await readGatewayKeys(file),
      clock,
    })

    expect(await verify(await signer.sign({ participant: 'nel' }))).toHaveProperty(
      'claims.aud',
      'nel',
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('verifies with keys from a URL, fetched once for many calls', async () => {
  const signer = await createTestSigner()
  let fetched = 0
  const server = createServer((_request, response) => {
    fetched += 1
    response.setHeader('content-type', 'application/json').end(JSON.stringify(signer.keys))
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  try {
    const keys = await readGatewayKeys(`http://127.0.0.1:${port}/keys`)
    const verify = createAssertionVerifier({ audience: 'nel', keys, clock })
    for (const participant of ['nel', 'nel', 'nel']) {
      expect(await verify(await signer.sign({ participant }))).toHaveProperty('claims')
    }
    expect(fetched).toBe(1)
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

it('knows nobody while the keys are out of reach', async () => {
  const signer = await createTestSigner()
  const keys = await readGatewayKeys('http://127.0.0.1:1/keys')
  const verify = createAssertionVerifier({ audience: 'nel', keys, clock })

  expect(await verify(await signer.sign({ participant: 'nel' }))).toEqual({
    refusal: 'KEYS_OUT_OF_REACH',
  })
})

it('does not start with a file that holds no keys', async () => {
  await expect(readGatewayKeys('/nowhere/jwks.json')).rejects.toThrow()
})
