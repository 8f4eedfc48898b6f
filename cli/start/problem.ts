/** Something that the person at the terminal can mend: said in one line, without a stack. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}

/** A disk without room, as PostgreSQL (53100) and Node call it. */
const FULL_DISK = new Set(['ENOSPC', 'EDQUOT', '53100'])
const CANNOT_BE_WRITTEN = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'])

/**
 * One line about what went wrong and, where it can be known, what to do. Never a stack, and never
 * more of an unknown error than its first line.
 *
 * @param dataDir the data folder, named where the disk is to blame
 */
export function describeProblem(error: unknown, dataDir: string): string {
  if (error instanceof StartProblem) return error.message
  const { code, path, port, message } = innermost(error)
  if (FULL_DISK.has(code) || /No space left on device/.test(message)) return fullDisk(dataDir)
  if (CANNOT_BE_WRITTEN.has(code)) {
    return `${path || dataDir} cannot be written (${code}): set LCR_DATA_DIR to a folder that can`
  }
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what uses it, or choose another`
  return message.split('\n', 1)[0] || String(error)
}

/** The line for a disk without room. */
export function fullDisk(dataDir: string): string {
  return `The disk is full: there is no room for ${dataDir}. Make room, or set LCR_DATA_DIR to a folder on another disk`
}

interface Facts {
  readonly code: string
  readonly path: string
  readonly port: number
  readonly message: string
}

/** A failed migration, for one, says little itself: its cause says what happened. */
function innermost(error: unknown): Facts {
  if (!(error instanceof Error)) return { code: '', path: '', port: 0, message: String(error) }
  const { code = '', path = '', port = 0 } = error as Error & Partial<Facts>
  if (error instanceof AggregateError) return innermost(error.errors[0])
  if (error.cause instanceof Error && code === '') return innermost(error.cause)
  return { code, path, port, message: error.message }
}
