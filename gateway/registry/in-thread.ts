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

/**
 * Does work on schemas in a thread of its own, which ends with it.
 *
 * @throws SchemaWorkError when it takes too long or too much, or breaks
 */
export async function inThread<Work extends SchemaWork>(work: Work): Promise<SchemaResult<Work>> {
  const thread = new Worker(PROGRAM, {
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    stdout: true,
    stderr: true,
  })
  try {
    const done = AbortSignal.timeout(WITHIN_MS)
    const [result] = await Promise.race([
      once(thread, 'message', { signal: done }),
      once(thread, 'exit', { signal: done }).then(() => {
        throw new SchemaWorkError('The thread ended without a word')
      }),
    ])
    return result as SchemaResult<Work>
  } catch (cause) {
    throw new SchemaWorkError('Work on schemas did not end', { cause })
  } finally {
    await thread.terminate()
  }
}
