import { readFile, writeFile } from 'node:fs/promises'
import type { JWK } from 'jose'
import { ConformanceProblem } from '../../conformance/problem.ts'
import { renderJson } from '../../conformance/report/render-json.ts'
import { renderJunit } from '../../conformance/report/render-junit.ts'
import { renderSummary, renderText } from '../../conformance/report/render-text.ts'
import { countOf, type Report } from '../../conformance/report.ts'
import { runConformance } from '../../conformance/run-conformance.ts'
import { groups } from '../../conformance/tests/groups.ts'
import { readConfig } from '../../gateway/config.ts'
import type { ConformanceCommand } from '../conformance.ts'
import { ensureKeys } from '../start/keys.ts'
import { createTerminal } from '../start/terminal.ts'
import { findParticipant } from './find-participant.ts'

/**
 * Runs the tests, and prints or writes the report.
 *
 * @returns the exit code: 0 nothing failed, 1 something failed, 2 not carried out
 */
export async function runConformanceCommand(
  url: string,
  options: ConformanceCommand,
): Promise<number> {
  const terminal = createTerminal(process.stderr, process.stderr.isTTY)
  try {
    const report = await run(url, options, (text) => {
      // In a log each test would be a line.
      if (process.stderr.isTTY) terminal.phase(text)
    })
    terminal.clear()
    await write(report, options)
    return countOf(report, 'FAILED') > 0 ? 1 : 0
  } catch (error) {
    terminal.clear()
    process.stderr.write(`lcr conformance: ${describe(error)}\n`)
    return 2
  }
}

async function run(
  url: string,
  options: ConformanceCommand,
  tell: (text: string) => void,
): Promise<Report> {
  refuseUnknownGroups(options.only)
  return runConformance({
    url: readUrl(url),
    participant: await findParticipant(options),
    privateJwk: await readKey(options.key),
    nhsNumbers: [...new Set(options.patient)],
    excluded: options.excluded,
    deadlineMs: options.deadlineMs,
    only: options.only,
    onTest: ({ id }, place, of) => tell(`Test ${place} of ${of} · ${id}`),
  })
}

function refuseUnknownGroups(only: readonly string[] | undefined): void {
  const names = groups.map(({ name }) => name)
  const ids = groups.flatMap(({ tests }) => tests.map(({ id }) => id))
  const unknown = only?.find((name) => !names.includes(name) && !ids.includes(name))
  if (unknown === undefined) return
  throw new ConformanceProblem(
    `There is no group or test '${unknown}'. The groups are ${names.join(', ')}`,
  )
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') {
    return url.href
  }
  throw new ConformanceProblem(
    'The url must be like https://host/graphql, without a user, a password or a query',
  )
}

async function readKey(file: string | undefined): Promise<JWK> {
  if (file === undefined) {
    const { gateway } = await ensureKeys(readConfig(process.env, []).dataDir)
    return gateway.privateJwk
  }
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK
  } catch (error) {
    throw new ConformanceProblem(`${file} cannot be read as a key in JSON`, { cause: error })
  }
}

async function write(report: Report, { format, output }: ConformanceCommand): Promise<void> {
  const render = {
    json: renderJson,
    junit: renderJunit,
    text: (each: Report) =>
      renderText(each, { colour: output === undefined && process.stdout.isTTY }),
  }
  const text = render[format](report)
  if (output === undefined) {
    process.stdout.write(text)
    return
  }
  try {
    await writeFile(output, text)
  } catch (error) {
    throw new ConformanceProblem(`${output} cannot be written`, { cause: error })
  }
  process.stderr.write(`${renderSummary(report)}\n`)
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message
  return String(error)
}
