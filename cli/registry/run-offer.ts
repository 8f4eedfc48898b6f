import { readFile } from 'node:fs/promises'
import { renderResults } from '../../gateway/registry/checks/render-results.ts'
import type { CheckedOffer } from '../../gateway/registry/publishing/judge-offer.ts'
import type { PublishedOffer } from '../../gateway/registry/publishing/publish-offer.ts'
import { createTerminal } from '../start/terminal.ts'
import { askRegistry, RegistryRefusal } from './ask-registry.ts'
import { whenInForce } from './when-in-force.ts'

/** A subgraph to check or publish, as asked for on the command line. */
export interface OfferRequest {
  readonly participant: string
  /** A file. */
  readonly schema: string
  readonly url: string
  readonly gateway: string
  readonly json?: boolean
}

/**
 * Checks or publishes, and prints what the checks said.
 *
 * @returns the exit code: 0 every check passed, 1 one did not, 2 it could not be asked
 */
export async function runOffer(
  action: 'check' | 'publish',
  { participant, schema, url, gateway, json = false }: OfferRequest,
): Promise<number> {
  const terminal = createTerminal(process.stderr)
  try {
    const sdl = await readFile(schema, 'utf8').catch(() => {
      throw new RegistryRefusal(`there is no file '${schema}'`)
    })
    terminal.phase(`Checking the schema and the service of ${participant}: some seconds …`)
    const body = { schema: sdl, url }
    const answer = await askRegistry<CheckedOffer & Partial<PublishedOffer>>({
      gateway,
      participant,
      action,
      body,
    })
    terminal.clear()
    if (json) {
      process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
      return answer.passed ? 0 : 1
    }
    if (!answer.isUnchanged) {
      process.stdout.write(renderResults(answer.results, { colour: process.stdout.isTTY }))
    }
    process.stdout.write(`${await tell(action, { participant, gateway, answer })}\n`)
    return answer.passed ? 0 : 1
  } catch (error) {
    terminal.clear()
    if (!(error instanceof RegistryRefusal)) throw error
    process.stderr.write(`lcr ${action}: ${error.message}\n`)
    return 2
  }
}

async function tell(
  action: 'check' | 'publish',
  done: {
    readonly participant: string
    readonly gateway: string
    readonly answer: CheckedOffer & Partial<PublishedOffer>
  },
): Promise<string> {
  const { participant, gateway, answer } = done
  const { passed, publication, version } = answer
  if (action === 'check') {
    return passed
      ? 'Every check passes: it could be published.'
      : 'It could not be published. Nothing was changed.'
  }
  if (!passed) return `Refused, and kept as attempt ${publication}. Nothing was changed.`
  if (answer.isUnchanged) {
    return `The same is in force already, as publication ${publication}. Nothing was changed.`
  }
  const published = `Published ${participant} as publication ${publication}, supergraph ${version}.`
  const seconds = await whenInForce(gateway, version ?? 0)
  return seconds === null
    ? `${published} The gateway at ${gateway} does not answer with it yet: look at its log.`
    : `${published} In force ${seconds} s later.`
}
