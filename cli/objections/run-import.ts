import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { migrateGovernance } from '../../gateway/governance/store/migrations.ts'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { findDatabaseUrl } from '../load/find-database-url.ts'
import { GATEWAY } from '../start/postgres/databases.ts'
import { readSettings } from '../start/read-settings.ts'
import { type ImportCounts, importFile } from './import-file.ts'
import { createLineCounter } from './line-counter.ts'

/** An import as asked for on the command line. */
export interface ImportRequest {
  readonly participant: string
  /** `-` is standard input. */
  readonly file: string
  readonly databaseUrl: string | undefined
}

/** A reason why the command cannot be carried out, in one line. */
class ImportProblem extends Error {}

/**
 * Imports, names every wrong line on standard error, and prints how many there were of each.
 *
 * @returns the exit code: 0 nothing refused, 1 something refused, 2 not carried out
 */
export async function runImport(request: ImportRequest): Promise<number> {
  try {
    const { imported, known, refused } = await importAll(request)
    const lines = `${count(refused)} ${refused === 1 ? 'line' : 'lines'} refused`
    const objections = `${count(imported)} ${imported === 1 ? 'objection' : 'objections'} imported`
    process.stdout.write(
      `${objections} into ${request.participant}, ${count(known)} known already, ${lines}.\n`,
    )
    return refused > 0 ? 1 : 0
  } catch (error) {
    process.stderr.write(`lcr objections import: ${describe(error)}\n`)
    return 2
  }
}

async function importAll({ participant, file, databaseUrl }: ImportRequest): Promise<ImportCounts> {
  const settings = await readSettings()
  if ('problem' in settings) throw new ImportProblem(settings.problem)
  refuseUnknown(settings.participants, participant)
  await refuseMissing(file)
  const url = databaseUrl ?? (await findDatabaseUrl(settings.config, GATEWAY))
  if (url === null) throw new ImportProblem(NO_DATABASE)
  if (!/^postgres(ql)?:\/\//.test(url)) throw new ImportProblem(NO_URL)
  const chunks = file === '-' ? process.stdin.setEncoding('utf8') : createReadStream(file, 'utf8')
  const name = file === '-' ? 'standard input' : file
  const counter = createLineCounter(process.stderr)
  const db = connect<GovernanceDatabase>(url, 1)
  try {
    await migrateGovernance(db)
    return await importFile({
      db,
      participant,
      chunks,
      now: new Date(),
      onProgress: counter.show,
      onProblem: (line, { column, problem }) =>
        counter.say(`${name}:${line}: ${column === null ? '' : `${column}: `}${problem}`),
    })
  } finally {
    counter.end()
    await db.destroy()
  }
}

function refuseUnknown(participants: readonly Participant[], code: string): void {
  if (participants.some((participant) => participant.code === code)) return
  const codes = participants.map((participant) => participant.code).join(', ')
  throw new ImportProblem(`there is no such participant. There are: ${codes}`)
}

async function refuseMissing(file: string): Promise<void> {
  const found = file === '-' || (await stat(file).catch(() => null))?.isFile()
  if (!found) throw new ImportProblem(`there is no file '${file}'`)
}

const NO_DATABASE =
  "no database of the gateway is known. Start the system with 'npm start', or set DATABASE_URL, or give --database-url"
const NO_URL = 'the database URL must be like postgres://user:password@host:port/database'

/** One line, free of values: messages can quote what was being imported, so only codes are told. */
function describe(error: unknown): string {
  if (error instanceof ImportProblem) return error.message
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { code, name } = cause as { code?: unknown; name?: unknown }
  if (code === 'ECONNREFUSED') return 'the database does not answer'
  const why = typeof code === 'string' ? code : String(name)
  return `it broke off (${why}); what was imported stands, and importing the file again goes on from there`
}

function count(number: number): string {
  return number.toLocaleString('en-GB')
}
