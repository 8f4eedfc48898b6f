import type { History } from '../../gateway/registry/publishing/history.ts'
import { askRegistry } from './ask-registry.ts'
import { runAsking } from './run-asking.ts'

/**
 * Prints what a participant published, the last first, and the supergraphs.
 *
 * @returns the exit code: 0, or 2 when it could not be asked
 */
export function runHistory(request: {
  readonly participant: string
  readonly gateway: string
  readonly json?: boolean
}): Promise<number> {
  const { participant, gateway, json = false } = request
  return runAsking('history', async () => {
    const history = await askRegistry<History>({ gateway, participant, action: 'history' })
    process.stdout.write(json ? `${JSON.stringify(history, null, 2)}\n` : render(history))
    return 0
  })
}

function render({ participant, inForce, publications, versions }: History): string {
  if (publications.length === 0) return `${participant} has published nothing.\n`
  const lines = publications.map((one) => {
    const failed = one.results.filter(({ problems }) => problems.length > 0)
    const what =
      one.outcome === 'PUBLISHED'
        ? one.id === inForce
          ? 'in force'
          : 'published'
        : `refused: ${failed.map(({ check }) => check).join(', ')}`
    return row([one.id, at(one.publishedAt), one.publishedBy, what])
  })
  const supergraphs = versions.map((one) =>
    row([String(one.number), at(one.madeAt), one.madeBy, one.cause]),
  )
  return [`Publications of ${participant}`, ...lines, '', 'Supergraphs', ...supergraphs, ''].join(
    '\n',
  )
}

function row([number = '', ...cells]: readonly string[]): string {
  return `  ${number.padStart(5)}  ${cells.join('  ')}`
}

function at(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
