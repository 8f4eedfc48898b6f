import type { Changelog } from '../../gateway/registry/changelog/changelog.ts'
import type { SchemaChange } from '../../gateway/registry/changelog/compare-schemas.ts'
import { askGateway } from '../registry/ask-registry.ts'
import { runAsking } from '../registry/run-asking.ts'

/**
 * Prints what changed for clients with each supergraph, the last one first.
 *
 * @returns the exit code: 0, or 2 when it could not be asked
 */
export function runChangelog(request: {
  readonly gateway: string
  readonly json?: boolean
}): Promise<number> {
  const { gateway, json = false } = request
  return runAsking('changelog', async () => {
    const path = '/registry/changelog'
    const changelog = await askGateway<Changelog>({ gateway, path, token: null })
    process.stdout.write(`${json ? JSON.stringify(changelog, null, 2) : render(changelog)}\n`)
    return 0
  })
}

function render({ versions }: Changelog): string {
  if (versions.length === 0)
    return 'Nothing was published: the schema is that of the gateway itself.'
  return versions
    .map(({ number, at, cause, changes }) => {
      const head = `Supergraph ${number}, ${at.slice(0, 16).replace('T', ' ')}: ${cause}`
      if (changes === null) return `${head}\n  what stood before it is not known`
      if (changes.length === 0) return `${head}\n  nothing changed for clients`
      return [head, ...changes.map(line)].join('\n')
    })
    .join('\n\n')
}

const WORDS: Readonly<Record<SchemaChange['kind'], string>> = {
  ADDED: 'added',
  REMOVED: 'removed',
  CHANGED: 'changed',
  DEPRECATED: 'deprecated',
  NO_LONGER_DEPRECATED: 'no longer deprecated',
}

function line({ kind, coordinate, isBreaking, detail }: SchemaChange): string {
  const more = detail === null ? '' : `: ${detail}`
  return `  ${WORDS[kind]} ${coordinate}${more}${isBreaking ? ' (breaking)' : ''}`
}
