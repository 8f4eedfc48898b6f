import { setTimeout as wait } from 'node:timers/promises'
import { request, WebSocket } from 'undici'

/** Where Node's inspector listens once SIGUSR1 has opened it. */
const INSPECTOR = 'http://127.0.0.1:9229/json/list'

/**
 * What a Node process keeps in memory after everything that it does not need is collected, in MB: its
 * heap and what stands outside of it. How much the process has of the system tells little, since
 * collecting waits until memory is short.
 *
 * @throws when its inspector cannot be reached, because another process has its port
 */
export async function usedHeapMb(pid: number): Promise<number> {
  process.kill(pid, 'SIGUSR1')
  const inspector = await open(await findUrl())
  try {
    await inspector.ask('HeapProfiler.collectGarbage')
    const answer = await inspector.ask('Runtime.evaluate', {
      expression: `process.pid === ${pid} && process.memoryUsage().heapUsed + process.memoryUsage().external`,
    })
    const { value } = (answer as { result: { value: unknown } }).result
    if (typeof value !== 'number') throw new Error('Another process has the port of the inspector')
    return value / 1024 / 1024
  } finally {
    inspector.close()
  }
}

async function findUrl(): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await request(INSPECTOR).catch(() => null)
    const [target] = ((await answer?.body.json()) ?? []) as { webSocketDebuggerUrl: string }[]
    if (target) return target.webSocketDebuggerUrl
    await wait(100)
  }
  throw new Error('The inspector does not answer')
}

async function open(url: string) {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  let id = 0
  return {
    ask(method: string, params: object = {}): Promise<unknown> {
      id += 1
      const own = id
      const answered = new Promise((resolve) => {
        socket.addEventListener('message', ({ data }) => {
          const answer = JSON.parse(String(data)) as { id?: number; result?: unknown }
          if (answer.id === own) resolve(answer.result)
        })
      })
      socket.send(JSON.stringify({ id, method, params }))
      return answered
    },
    close: () => socket.close(),
  }
}
