import { rmSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataFolder } from '../../cli/start/data-folder.ts'
import { findFreePort } from '../../cli/start/ports.ts'
import { findBinaries } from '../../cli/start/postgres/binaries.ts'
import { initialise } from '../../cli/start/postgres/init.ts'
import { findPostgresUser } from '../../cli/start/postgres/run-as.ts'
import { startServer } from '../../cli/start/postgres/server.ts'

/** Does the work with an empty PostgreSQL of its own, which is gone afterwards, also when the process ends before. */
export async function withPostgres(
  work: (postgres: { readonly url: string; readonly pid: number }) => Promise<void>,
): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), 'lcr-bench-'))
  await chmod(path, 0o755)
  const folder = await openDataFolder(path)
  const binaries = await findBinaries()
  const user = await findPostgresUser([binaries.postgres, path])
  await initialise(folder, { binaries, user, password: 'postgres' })
  const port = await findFreePort(0, 0)
  const { pid, stop } = await startServer(folder, { binaries, user, port })
  const endAtOnce = () => {
    process.kill(pid, 'SIGQUIT')
    rmSync(path, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', endAtOnce)
  try {
    await work({ url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, pid })
  } finally {
    process.off('exit', endAtOnce)
    await stop()
    await rm(path, { recursive: true, force: true })
  }
}
