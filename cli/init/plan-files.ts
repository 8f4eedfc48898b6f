import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DocumentNode } from 'graphql'
import { projectRoot } from '../../project-root.ts'
import type { ParticipantDescription } from '../../subgraphs/kit/participant-description.ts'
import {
  isContributor,
  participantSdl,
  participantTypeName,
} from '../../subgraphs/kit/schema/participant-sdl.ts'
import { describePackage } from './describe-package.ts'
import { fillIn, fillInJson } from './fill-in.ts'
import { InitProblem } from './init-problem.ts'
import type { Content, Plan } from './make-folder.ts'
import { readmeWords } from './readme-words.ts'

/** What `lcr init` copies from: made by scripts/build-starter.mjs. */
const STARTER = join(projectRoot, 'dist', 'starter')

/** A participant's folder to be. */
export interface Wanted {
  /** Absolute. */
  readonly folder: string
  readonly description: ParticipantDescription
  readonly contract: DocumentNode
  /** Null: the engineer is asked for it in `.env`. */
  readonly gatewayKeys: string | null
  /** Where the records stay in a FHIR server. */
  readonly fhirBaseUrl: string | undefined
}

/**
 * All that a participant's folder holds at first.
 *
 * @throws {InitProblem} when the project has not been built
 */
export async function planFiles(wanted: Wanted): Promise<Plan> {
  if (!existsSync(join(STARTER, 'kit', 'package.json'))) {
    throw new InitProblem("the kit has not been built: run 'npm run build' first")
  }
  const { description, contract } = wanted
  const template = await readTemplate(wanted)
  const example = template.get('.env.example') ?? ''
  return new Map<string, Content>([
    ...template,
    ['.env', fillSettings(example, wanted)],
    ['package.json', toJson(await describePackage(STARTER, wanted))],
    ['participant.json', toJson(description)],
    ['schema.graphql', participantSdl(description, contract)],
    ['vendor/lcr-kit', { copyOf: join(STARTER, 'kit') }],
  ])
}

async function readTemplate(wanted: Wanted): Promise<Map<string, string>> {
  const root = join(STARTER, 'template')
  const words = wordsOf(wanted)
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )
  const isLoaded = wanted.fhirBaseUrl === undefined && isContributor(wanted.description)
  const plan = new Map<string, string>()
  for (const file of files) {
    const path = join(file.parentPath, file.name)
    const below = path.slice(root.length + 1)
    if (below.startsWith('examples') && !isLoaded) continue
    const text = await readFile(path, 'utf8')
    const fill = below.endsWith('.json') ? fillInJson : fillIn
    // npm and git would take them for this project's own under their real names.
    plan.set(below.replace(/^dot-/, '.'), fill(text, words))
  }
  return plan
}

function wordsOf(wanted: Wanted): Readonly<Record<string, string>> {
  const { code, name, organisations } = wanted.description
  return {
    code,
    name,
    type: participantTypeName(code),
    folder: basename(wanted.folder),
    odsCode: organisations[0]?.odsCode ?? '',
    organisation: organisations[0]?.name ?? name,
    ...readmeWords(wanted),
  }
}

function fillSettings(example: string, { gatewayKeys, fhirBaseUrl }: Wanted): string {
  const withKeys = example.replace(
    /^LCR_GATEWAY_KEYS=$/m,
    () => `LCR_GATEWAY_KEYS=${quoted(gatewayKeys ?? '')}`,
  )
  if (fhirBaseUrl === undefined) return withKeys
  return withKeys.replace(/^# FHIR_BASE_URL=.*$/m, () => `FHIR_BASE_URL=${quoted(fhirBaseUrl)}`)
}

/** A blank or a # would end the value. */
function quoted(value: string): string {
  return /[\s#]/.test(value) ? `"${value}"` : value
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
