import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findFreePort } from '../../../cli/start/ports.ts'
import { projectRoot } from '../../../project-root.ts'
import { runTool } from './run-tool.ts'

const FOLDER = join(projectRoot, 'bench/fhir-server/hapi')

/** The release of Java that HAPI asks for. */
const LEAST_JAVA = 17

const START_MS = 300_000

/** HAPI FHIR's servers, each with a base URL and a database of its own, in one process of Java. */
export interface Hapi {
  readonly baseUrls: readonly string[]
  stop(): Promise<void>
}

/** Why there is no HAPI on this machine: it lacks something. */
export interface Lacking {
  readonly lacks: string
}

/**
 * Starts as many servers as there are names. Maven brings their jars into its own folder, and nowhere else.
 *
 * @throws when they do not start although all is there
 */
export async function startHapi(names: readonly string[]): Promise<Hapi | Lacking> {
  const java = await runTool('java', ['-version'])
  if (java.failure !== null) return { lacks: `java cannot be run: ${java.failure}` }
  const release = Number(/version "(\d+)/.exec(java.output)?.[1])
  if (!(release >= LEAST_JAVA)) return { lacks: `java is of another release than ${LEAST_JAVA} up` }
  const jars = await findJars()
  if ('lacks' in jars) return jars
  const port = await findFreePort(0, 0)
  const settings = ['-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=error']
  const program = ['-cp', jars.classPath, join(FOLDER, 'Hapi.java'), String(port), ...names]
  // Its standard input ends with this process, however that ends, and so does it.
  const child = spawn('java', [...settings, ...program], { stdio: ['pipe', 'ignore', 'pipe'] })
  const baseUrls = names.map((name) => `http://127.0.0.1:${port}/${name}`)
  await waitFor(child, baseUrls)
  return { baseUrls, stop: () => stop(child) }
}

async function findJars(): Promise<{ readonly classPath: string } | Lacking> {
  const folder = await mkdtemp(join(tmpdir(), 'lcr-hapi-'))
  const file = join(folder, 'class-path')
  try {
    const goal = ['dependency:build-classpath', `-Dmdep.outputFile=${file}`]
    const maven = await runTool('mvn', ['-B', '-q', '-f', join(FOLDER, 'pom.xml'), ...goal])
    if (maven.failure !== null) return { lacks: `mvn has no jars of HAPI: ${maven.failure}` }
    return { classPath: await readFile(file, 'utf8') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function waitFor(child: ChildProcess, baseUrls: readonly string[]): Promise<void> {
  let said = ''
  child.stderr?.on('data', (part: Buffer) => {
    said = `${said}${part}`.slice(-4000)
  })
  const endsAt = performance.now() + START_MS
  for (const baseUrl of baseUrls) {
    while (!(await isThere(baseUrl))) {
      if (child.exitCode === null && performance.now() < endsAt) await wait(500)
      else {
        await stop(child)
        throw new Error(`HAPI did not start:\n${said}`)
      }
    }
  }
}

async function isThere(baseUrl: string): Promise<boolean> {
  const answer = await fetch(`${baseUrl}/metadata`).catch(() => null)
  await answer?.body?.cancel()
  return answer?.status === 200
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.stdin?.end()
  const hasEnded = await Promise.race([ended, wait(10_000, null, { ref: false })])
  if (hasEnded === null) child.kill('SIGKILL')
  await ended
}
