import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Config } from '../../gateway/config.ts'
import { StartProblem } from './problem.ts'

/** The host of subgraphs that one machine runs: nobody else has to reach them. */
export const LOOPBACK = '127.0.0.1'

/**
 * Finds out whether the gateway's port and every participant's is free, and whether browsers ask it.
 *
 * @throws {StartProblem} naming the port that cannot be had, and whose it would be
 */
export async function checkPorts({
  host,
  port,
  sources,
}: Pick<Config, 'host' | 'port' | 'sources'>): Promise<void> {
  const wanted = [
    { host, port, name: 'the gateway' },
    ...sources.map((source) => ({ host: LOOPBACK, port: source.port, name: source.code })),
  ]
  const answers = await Promise.all(wanted.map((one) => tryPort(one.host, one.port)))
  for (const [index, code] of answers.entries()) {
    const one = wanted[index]
    if (code && one) throw new StartProblem(describePort(one, code, sources.length))
  }
  if (await isBlocked(port)) {
    throw new StartProblem(
      `Port ${port}, for the gateway, is one that browsers do not ask, as other protocols have it: set PORT to another, such as PORT=5000 npm start`,
    )
  }
}

/** A port of this machine that nobody uses, outside the given range. */
export async function findFreePort(first: number, last: number): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, LOOPBACK)
    await once(server, 'listening')
    const address = server.address()
    server.close()
    await once(server, 'close')
    if (address === null || typeof address === 'string') throw new Error('A port has no number')
    if (address.port < first || address.port > last) return address.port
  }
}

/** The line for a port that cannot be had. */
function describePort(
  { host, port, name }: { host: string; port: number; name: string },
  code: string,
  participants: number,
): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port}, for ${name}, is taken: stop what uses it, or set PORT to the first of ${participants + 1} free ports, such as PORT=5000 npm start`
  }
  if (code === 'EACCES')
    return `Port ${port}, for ${name}, needs privileges: set PORT to 1024 or more`
  return `HOST is ${host}, which is no address of this machine (${code}), so ${name} cannot listen there`
}

/** True for a "bad port" of the Fetch standard. Nobody is asked: a port that may be is free. */
async function isBlocked(port: number): Promise<boolean> {
  const error = await fetch(`http://${LOOPBACK}:${port}`).catch((error: unknown) => error)
  return error instanceof TypeError && (error.cause as Error | undefined)?.message === 'bad port'
}

async function tryPort(host: string, port: number): Promise<string | undefined> {
  const server = createServer()
  try {
    server.listen({ host, port, exclusive: true })
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'
  }
}
