import type { Config } from '../../gateway/config.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { type Child, logsToTerminal, startChild } from './child.ts'
import type { DataFolder } from './data-folder.ts'
import { ensureKeys } from './keys.ts'
import { loadPopulation } from './load-population.ts'
import { type Databases, openDatabases } from './open-databases.ts'
import { checkPorts } from './ports.ts'
import type { Running } from './running.ts'
import type { Terminal } from './terminal.ts'
import type { Timings } from './timings.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** What the launcher works with. */
export interface Launch {
  readonly config: Config
  readonly participants: readonly Participant[]
  readonly folder: DataFolder
  readonly running: Running
  readonly terminal: Terminal
  readonly timings: Timings
}

/** A system that answers. */
export interface Up {
  readonly databases: Databases
  /** Resolves with a line when the system cannot go on: the gateway or PostgreSQL has ended. */
  readonly broken: Promise<string>
}

/**
 * Brings everything up, as much at once as possible: the subgraphs and the gateway load their
 * programs while PostgreSQL starts, and begin as soon as their databases are there.
 */
export async function bringUp(launch: Launch): Promise<Up> {
  const { config, participants, running, terminal, timings } = launch
  await checkPorts(config)
  terminal.phase('Starting PostgreSQL, the subgraphs and the gateway')
  const opening = openDatabases(launch)
  opening.catch(() => {})
  await ensureKeys(config.dataDir)
  const subgraphs = new Map(
    participants.map(({ code }) => [code, start(launch, code, ['serve', code])]),
  )
  const gateway = start(launch, 'gateway', ['gateway'], ROOM_FOR_THE_YOUNG)
  const databases = await opening
  timings.end('PostgreSQL ready')
  const begun = participants.map(async ({ code }) => {
    const databaseUrl = await databases.urlOf(code)
    subgraphs.get(code)?.tell({ kind: 'begin', databaseUrl })
    await subgraphs.get(code)?.ready
  })
  const gatewayBegun = Promise.all([databases.gatewayUrl(), databases.auditUrl()]).then(
    ([databaseUrl, auditUrl]) => {
      gateway.tell({ kind: 'begin', databaseUrl, auditUrl })
      return gateway.ready
    },
  )
  const populated = loadPopulation(launch, databases)
  const durable = populated.then(() => databases.makeDurable())
  durable.catch(() => {})
  await allOrFirstFailure([
    Promise.all(begun).then(() => timings.end('subgraphs ready')),
    gatewayBegun.then(() => timings.end('gateway ready')),
    populated,
  ])
  const caughtUp = gateway.next('caught-up')
  caughtUp.catch(() => {})
  gateway.tell({ kind: 'catch-up' })
  // Where nothing was loaded the index knows what it knew before.
  if (await populated) {
    terminal.phase('Waiting until the index knows every patient')
    await caughtUp
    timings.end('index caught up')
  }
  await durable
  timings.end('written to the disk')
  await waitUntilReady(config, gateway)
  timings.end('index ready')
  reportLosses(subgraphs, running, terminal)
  return { databases, broken: Promise.race([databases.broken, brokenBy(gateway)]) }
}

/**
 * Options of Node's for the gateway: what a request needs is gone before the young generation is full.
 * With V8's few megabytes it is collected while it is in use. As in docker-compose.yml.
 */
const ROOM_FOR_THE_YOUNG = ['--min-semi-space-size=32', '--max-semi-space-size=32']

function start(
  { config, folder, running }: Launch,
  name: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Child {
  const child = startChild({
    name,
    args: [...args, '--launched'],
    nodeArgs,
    logs: logsToTerminal(config) ? undefined : folder.logs,
  })
  running.addChild(child)
  return child
}

/** Like `Promise.all`, and the others' failures are not left without a listener. */
async function allOrFirstFailure(promises: readonly Promise<unknown>[]): Promise<void> {
  for (const promise of promises) promise.catch(() => {})
  await Promise.all(promises)
}

async function brokenBy(gateway: Child): Promise<string> {
  return `The gateway has ended, so everything stops: ${await gateway.ended}`
}

/** A subgraph that ends later stays down, and the others go on: the gateway shows it as FAILED. */
function reportLosses(
  subgraphs: ReadonlyMap<string, Child>,
  running: Running,
  terminal: Terminal,
): void {
  for (const [code, child] of subgraphs) {
    void child.ended.then((how) => {
      if (!running.isStopping) terminal.line(`The subgraph of ${code} ${how}. The others go on.`)
    })
  }
}
