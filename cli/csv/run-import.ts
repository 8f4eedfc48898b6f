import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import { migrateGovernance } from '../../gateway/governance/store/migrations.ts'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { findGatewayUrl } from '../load/find-gateway-url.ts'
import { readSettings } from '../start/read-settings.ts'
import { createLineCounter } from './line-counter.ts'
import type { LineProblem } from './read-rows.ts'

/** An import as asked for on the command line. */
export interface ImportRequest {
  readonly participant: string
  /** `-` is standard input. */
  readonly file: string
  readonly databaseUrl: string | undefined
}

/** What an import works with, and whom it tells. */
export interface ImportSource {
  /** The gateway's database, brought to the present schema. */
  readonly db: Kysely<GovernanceDatabase>
  readonly participant: Participant
  readonly chunks: AsyncIterable<string>
  onProblem(line: number, problem: LineProblem<string>): void
  onProgress(line: number): void
}

/** One command that imports a file into the gateway's database. */
export interface ImportCommand {
  /** As it is called: `lcr objections import`. */
  readonly name: string
  /** What is left of an import that broke off. */
  readonly whenBroken: string
  /** Imports; says what was done, and how many lines were refused. */
  run(source: ImportSource): Promise<{ readonly summary: string; readonly refused: number }>
}

/** A reason why the command cannot be carried out, in one line. */
class ImportProblem extends Error {}

/**
 * Imports a file, names every wrong line on standard error, and prints how many there were of each.
 *
 * @returns the exit code: 0 nothing refused, 1 something refused, 2 not carried out
 */
export async function runImport(command: ImportCommand, request: ImportRequest): Promise<number> {
  try {
    const { summary, refused } = await importFrom(request, command)
    process.stdout.write(`${summary}, ${count(refused, 'line')} refused.\n`)
    return refused > 0 ? 1 : 0
  } catch (error) {
    process.stderr.write(`${command.name}: ${describe(error, command)}\n`)
    return 2
  }
}

/** `1 line`, `2,000 lines`. */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : several}`
}

async function importFrom(
  { participant: code, file, databaseUrl }: ImportRequest,
  command: ImportCommand,
) {
  const settings = await readSettings()
  if ('problem' in settings) throw new ImportProblem(settings.problem)
  const participant = findParticipant(settings.participants, code)
  await refuseMissing(file)
  const found = await findGatewayUrl(settings.config, databaseUrl)
  if ('problem' in found) throw new ImportProblem(found.problem)
  const name = file === '-' ? 'standard input' : file
  const counter = createLineCounter(process.stderr)
  const db = connect<GovernanceDatabase>(found.url, 1)
  try {
    await migrateGovernance(db)
    return await command.run({
      db,
      participant,
      chunks: file === '-' ? process.stdin.setEncoding('utf8') : createReadStream(file, 'utf8'),
      onProgress: counter.show,
      onProblem: (line, { column, problem }) =>
        counter.say(`${name}:${line}: ${column === null ? '' : `${column}: `}${problem}`),
    })
  } finally {
    counter.end()
    await db.destroy()
  }
}

function findParticipant(participants: readonly Participant[], code: string): Participant {
  const found = participants.find((participant) => participant.code === code)
  if (found) return found
  const codes = participants.map((participant) => participant.code).join(', ')
  throw new ImportProblem(`there is no such participant. There are: ${codes}`)
}

async function refuseMissing(file: string): Promise<void> {
  const found = file === '-' || (await stat(file).catch(() => null))?.isFile()
  if (!found) throw new ImportProblem(`there is no file '${file}'`)
}

/** One line, free of values: messages can quote what was being imported, so only codes are told. */
function describe(error: unknown, { whenBroken }: ImportCommand): string {
  if (error instanceof ImportProblem) return error.message
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { code, name } = cause as { code?: unknown; name?: unknown }
  if (code === 'ECONNREFUSED') return 'the database does not answer'
  return `it broke off (${typeof code === 'string' ? code : String(name)}); ${whenBroken}`
}
