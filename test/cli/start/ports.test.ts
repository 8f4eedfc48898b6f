import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { checkPorts, findFreePort, LOOPBACK } from '../../../cli/start/ports.ts'

const check = (port: number) => checkPorts({ host: LOOPBACK, port, sources: [] })

it('takes a port that is free', async () => {
  await expect(check(await findFreePort(0, 0))).resolves.toBeUndefined()
})

it('names a port that is taken', async () => {
  const server = createServer().listen(0, LOOPBACK)
  try {
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    await expect(check(port)).rejects.toThrow(
      `Port ${port}, for the gateway, is taken: stop what uses it, or set PORT`,
    )
  } finally {
    server.close()
  }
})

it.each([6000, 6665])('names a port that no browser asks: %i', async (port) => {
  await expect(check(port)).rejects.toThrow(
    `Port ${port}, for the gateway, is one that browsers do not ask`,
  )
})
