import { readCommandLine, readProcess } from './processes.ts'

/** Why the launcher is to stop. */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'PARENT_GONE'

/** When somebody wants the launcher to stop. */
export interface StopRequests {
  /** The first wish. */
  readonly requested: Promise<StopReason>
  /** A second Ctrl-C: at once, please. */
  readonly forced: Promise<void>
  /** Stops listening. */
  end(): void
}

/** One Ctrl-C may arrive twice, from the terminal and from npm. */
export const ONE_KEY_PRESS_MS = 500
const LOOK_EVERY_MS = 500

/**
 * Listens for Ctrl-C, SIGTERM and a closed terminal and, when npm started this process, watches
 * that npm is still there: a killed npm takes nobody with it.
 *
 * @param isStartedByNpm npm runs a shell, which runs this process
 */
export function listenForStop(isStartedByNpm: boolean): StopRequests {
  let firstAt: number | undefined
  let request: (reason: StopReason) => void = () => {}
  let force: () => void = () => {}
  const requested = new Promise<StopReason>((resolve) => {
    request = resolve
  })
  const forced = new Promise<void>((resolve) => {
    force = resolve
  })
  const removers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((name): (() => void) => {
    const listener = () => {
      request(name)
      firstAt ??= Date.now()
      if (name !== 'SIGHUP' && Date.now() - firstAt > ONE_KEY_PRESS_MS) force()
    }
    process.on(name, listener)
    return () => void process.off(name, listener)
  })
  if (isStartedByNpm) removers.push(watchAncestors(() => request('PARENT_GONE')))
  return {
    requested,
    forced,
    end() {
      for (const remove of removers) remove()
    },
  }
}

/** Some shells become the command that they run, others stay between npm and this process. */
function watchAncestors(onGone: () => void): () => void {
  const parent = process.ppid
  let grandparent: number | undefined
  void readCommandLine(parent).then(async (line) => {
    if (/^\S*sh -c /.test(line)) grandparent = (await readProcess(parent))?.parent
  })
  const timer = setInterval(async () => {
    // An orphan is given another parent.
    if (process.ppid !== parent) return onGone()
    if (grandparent !== undefined && (await readProcess(parent))?.parent !== grandparent) onGone()
  }, LOOK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
