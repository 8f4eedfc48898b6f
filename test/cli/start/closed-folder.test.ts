import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { openDataFolder } from '../../../cli/start/data-folder.ts'
import { findFreePort } from '../../../cli/start/ports.ts'
import { findBinaries } from '../../../cli/start/postgres/binaries.ts'
import { initialise } from '../../../cli/start/postgres/init.ts'
import { findPostgresUser } from '../../../cli/start/postgres/run-as.ts'
import { startServer } from '../../../cli/start/postgres/server.ts'

const isRoot = process.getuid?.() === 0

it.runIf(isRoot)(
  'starts PostgreSQL for root from a folder that is closed to everybody else',
  async () => {
    // Such as a checkout in /root, or in a folder that mktemp made: mode 0700.
    const closed = await mkdtemp(join(tmpdir(), 'lcr-closed-'))
    try {
      const installed = await findBinaries()
      await cp(dirname(dirname(installed.postgres)), join(closed, 'native'), {
        recursive: true,
        verbatimSymlinks: true,
      })
      const program = (name: string) => join(closed, 'native', 'bin', name)
      const binaries = { initdb: program('initdb'), postgres: program('postgres') }
      const folder = await openDataFolder(join(closed, 'data'))
      const user = await findPostgresUser([binaries.postgres, folder.path])
      expect(user?.needsPassage).toBe(true)
      expect(await initialise(folder, { binaries, user, password: 'postgres' })).toBe(true)
      const server = await startServer(folder, { binaries, user, port: await findFreePort(0, 0) })
      expect(server.pid).toBeGreaterThan(0)
      await server.stop()
    } finally {
      await rm(closed, { recursive: true, force: true })
    }
  },
)
