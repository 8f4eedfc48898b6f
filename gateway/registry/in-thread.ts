import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { projectRoot } from '../../project-root.ts'
import type { SchemaResult, SchemaWork } from './schema-work.ts'

/** Composing and planning block for seconds: they do it beside the thread that answers. */
const PROGRAM = join(projectRoot, 'dist', 'gateway', 'registry', 'schema-thread.js')

/** No honest schema takes as long. */
const WITHIN_MS = 120_000

/** Nor as much. */
const MEMORY_MB = 1024

/** A piece of work did not end: what it was given may have been made to last. */
class SchemaWorkError extends Error {
  override readonly name = 'SchemaWorkError'
  readonly code = 'SCHEMA_WORK_FAILED'
}

/** What is published is often published again soon: a thread that has worked already is twice as fast. */
const KEPT_MS = 30_000

/** The thread that waits for more work, and what ends its waiting. */
let waiting: { readonly thread: Worker; readonly end: NodeJS.Timeout } | undefined

/**
 * Does work on schemas beside the thread that answers.
 *
 * @throws SchemaWorkError when it takes too long or too much, or breaks
 */
export async function inThread<Work extends SchemaWork>(work: Work): Promise<SchemaResult<Work>> {
  const thread = takeThread()
  const over = new AbortController()
  const done = AbortSignal.any([AbortSignal.timeout(WITHIN_MS), over.signal])
  try {
    thread.postMessage(work)
    const [result] = await Promise.race([
      once(thread, 'message', { signal: done }),
      once(thread, 'exit', { signal: done }).then(() => {
        throw new SchemaWorkError('The thread ended without a word')
      }),
    ])
    keepThread(thread)
    return result as SchemaResult<Work>
  } catch (cause) {
    await thread.terminate()
    throw new SchemaWorkError('Work on schemas did not end', { cause })
  } finally {
    over.abort()
  }
}

function takeThread(): Worker {
  const kept = waiting?.thread
  clearTimeout(waiting?.end)
  waiting = undefined
  const thread = kept ?? openThread()
  thread.ref()
  return thread
}

function openThread(): Worker {
  const thread = new Worker(PROGRAM, {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    stdout: true,
    stderr: true,
  })
  // Whoever waits for it hears of it; of one that nobody waits for, nobody needs to.
  thread.on('error', () => {})
  thread.once('exit', () => {
    if (waiting?.thread === thread) waiting = undefined
  })
  return thread
}

/** One waits; whoever comes second ends. It keeps no process from ending. */
function keepThread(thread: Worker): void {
  thread.unref()
  if (waiting) {
    void thread.terminate()
    return
  }
  const end = setTimeout(() => {
    waiting = undefined
    void thread.terminate()
  }, KEPT_MS)
  end.unref()
  waiting = { thread, end }
}
