import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { ownTurn } from '../../gateway/own-turn.ts'

it('Pieces of work come in the order in which they ask, each once', async () => {
  const done: number[] = []
  const piece = async (number: number) => {
    await ownTurn()
    done.push(number)
    if (number < 100) await piece(number + 100)
  }
  await Promise.all([1, 2, 3].map(piece))
  await piece(4)
  expect(done).toEqual([1, 2, 3, 101, 102, 103, 4, 104])
})

it('Connections are taken between pieces of work, however many wait', async () => {
  const CLIENTS = 20
  let taken = 0
  const server = createServer((socket) => {
    taken += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const sockets = Array.from({ length: CLIENTS }, () => connect(port, '127.0.0.1'))
  for (const socket of sockets) socket.on('error', () => {})
  // More pieces than connections: done in one turn they would all come before most connections.
  const takenBefore = await Promise.all(
    Array.from({ length: 2000 }, () => ownTurn().then(() => taken)),
  )
  expect(takenBefore.at(-1)).toBe(CLIENTS)
  await new Promise((resolve) => server.close(resolve))
})
