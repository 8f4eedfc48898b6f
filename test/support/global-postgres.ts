import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type Finding, findIdentifiers } from './find-identifiers.ts'
import { startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The whole run's PostgreSQL, as its owner: `postgres://user:password@host:port/postgres`. */
    postgresUrl: string
    /** Where is kept what processes print: see printed.ts. */
    printedFolder: string
  }
}

/** Nothing of a test run has to outlive a lost machine. */
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * One PostgreSQL for the whole test run, and one folder for what all processes print. The run fails when
 * an identifier of a patient was printed.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres(HASTY)
  const printed = await mkdtemp(join(tmpdir(), 'lcr-test-printed-'))
  project.provide('postgresUrl', postgres.url)
  project.provide('printedFolder', printed)
  return async () => {
    await copyFile(postgres.log, join(printed, 'postgres.log'))
    await postgres.remove()
    const { lines, findings } = await findIdentifiers(printed)
    if (findings.length > 0) {
      // What fails after the last test changes the exit code in no other way.
      process.exitCode = 1
      process.stderr.write(describe(findings, printed))
      return
    }
    await rm(printed, { recursive: true, force: true })
    process.stdout.write(`\n${lines} lines printed by all processes: no patient identifier\n`)
  }
}

function describe(findings: readonly Finding[], folder: string): string {
  const places = findings.slice(0, 20).map(({ file, line, what }) => `  ${file}:${line}: ${what}`)
  return `\nFAILED: processes printed ${findings.length} lines with identifiers of patients, in ${folder}:\n${places.join('\n')}\n`
}
