import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { JWK } from 'jose'
import * as z from 'zod'
import { StartProblem } from '../../cli/start/problem.ts'
import {
  choice,
  database,
  integer,
  notesOfSettings,
  type SettingNotes,
  text,
  textOr,
} from '../../gateway/config/kinds.ts'
import { findNearest } from '../../gateway/config/spelling.ts'
import type { ClientCredentials } from '../../subgraphs/kit/client-credentials/credentials.ts'
import type { ExclusionSettings } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import type { FhirServerOptions } from '../../subgraphs/kit/fhir-server/options.ts'

/** The settings of a participant's own subgraph. */
export interface KitSettings {
  readonly host: string
  readonly port: number
  /** Absolute: where the embedded PostgreSQL is kept. */
  readonly dataDir: string
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  /** The FHIR server in which the records stay, instead of a database. */
  readonly fhir: FhirServerOptions | undefined
  /** URL or absolute file of the gateway's public keys; undefined while nobody has set it. */
  readonly gatewayKeys: string | undefined
  readonly exclusions: ExclusionSettings
  readonly logLevel: string
}

const WEB_ADDRESS = { expected: 'an http or https URL', pattern: /^https?:\/\/[^\s/]+\S*$/ }

const settings = {
  PORT: integer([1, 65_535], 4101, 'Where the subgraph listens.'),
  HOST: textOr('127.0.0.1', {
    description: 'The address that it listens on; 0.0.0.0 in a container.',
    expected: 'an IP address or a host name',
    pattern: /^[\w.:-]+$/,
  }),
  LCR_DATA_DIR: textOr('.data', {
    description: 'The folder of the embedded PostgreSQL. Made when absent.',
    expected: 'a folder',
  }),
  DATABASE_URL: database('Its database. Without it: embedded PostgreSQL.'),
  LCR_GATEWAY_KEYS: text({
    description: "The gateway's public keys (JWKS), by which its assertions are known.",
    expected: 'a URL or a file',
  }),
  LCR_EXCLUSIONS_DIR: text({
    description: 'The folder of the full lists of what is never shared.',
    expected: 'a folder',
  }),
  LCR_EXCLUDE_TERMINATION: choice(['yes', 'no'], 'yes', 'Whether terminations are among them.'),
  LOG_LEVEL: choice(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'warn',
    'How much is logged.',
  ),
  FHIR_BASE_URL: text({ description: 'The FHIR R4 server of the records.', ...WEB_ADDRESS }),
  FHIR_TOKEN_URL: text({ description: 'Where it gives out access tokens.', ...WEB_ADDRESS }),
  FHIR_CLIENT_ID: text({ description: 'Who asks for one.', expected: 'a word' }),
  FHIR_CLIENT_SECRET: text({ description: 'Its secret.', expected: 'a word', isSecret: true }),
  FHIR_PRIVATE_KEY: text({ description: 'Or its private key, as JWK.', expected: 'a file' }),
  FHIR_SCOPE: text({ description: 'The scope asked for.', expected: 'words' }),
}

const schema = z.object(settings)

type Values = z.infer<typeof schema>

/**
 * Reads and checks the settings; an empty variable counts as absent.
 *
 * @param env usually `process.env`
 * @throws {StartProblem} with a line for each that does not hold
 */
export async function readSettings(
  env: Readonly<Record<string, string | undefined>>,
): Promise<KitSettings> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new StartProblem(describeProblems(parsed.error, given).join('\n'))
  refuseUnknown(given)
  const values = parsed.data
  const keys = values.LCR_GATEWAY_KEYS
  const fhir = await readFhir(values)
  return {
    host: values.HOST,
    port: values.PORT,
    dataDir: resolve(values.LCR_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    fhir,
    gatewayKeys: keys === undefined || /^https?:/.test(keys) ? keys : resolve(keys),
    exclusions: {
      folder: values.LCR_EXCLUSIONS_DIR && resolve(values.LCR_EXCLUSIONS_DIR),
      excludesTermination: values.LCR_EXCLUDE_TERMINATION === 'yes',
    },
    logLevel: values.LOG_LEVEL,
  }
}

/** Takes in the folder's `.env`; what the environment says already stays as it is. */
export function readEnvFile(folder = process.cwd()): void {
  try {
    process.loadEnvFile(join(folder, '.env'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function describeProblems(
  { issues }: z.ZodError,
  given: Readonly<Record<string, string | undefined>>,
): string[] {
  const variables = [...new Set(issues.map(({ path }) => String(path[0])))]
  return variables.map((variable) => {
    const { isSecret, expected } = notesOf(variable)
    const value = isSecret ? 'has another form' : `is ${JSON.stringify(given[variable])}`
    return `${variable} ${value}: it must be ${expected}`
  })
}

function notesOf(variable: string): SettingNotes {
  const setting = Object.entries(settings).find(([name]) => name === variable)?.[1]
  return (setting && notesOfSettings.get(setting)) ?? { description: '', expected: 'another' }
}

/** A misspelt setting would be without effect, and nobody would see it. */
function refuseUnknown(given: Readonly<Record<string, string | undefined>>): void {
  const known = Object.keys(settings)
  const unknown = Object.keys(given).find((name) => /^FHIR_/.test(name) && !known.includes(name))
  if (unknown === undefined) return
  const near = findNearest(unknown, known)
  throw new StartProblem(`${unknown} is no setting${near ? `: did you mean ${near}?` : ''}`)
}

async function readFhir(values: Values): Promise<FhirServerOptions | undefined> {
  const baseUrl = values.FHIR_BASE_URL
  if (baseUrl === undefined) return undefined
  if (values.DATABASE_URL !== undefined) {
    throw new StartProblem('Set FHIR_BASE_URL or DATABASE_URL: records come from one of them')
  }
  const auth = await readCredentials(values)
  return auth === undefined ? { baseUrl } : { baseUrl, auth }
}

async function readCredentials(values: Values): Promise<ClientCredentials | undefined> {
  const { FHIR_TOKEN_URL, FHIR_CLIENT_ID, FHIR_CLIENT_SECRET, FHIR_PRIVATE_KEY } = values
  if (FHIR_TOKEN_URL === undefined) return undefined
  const proof =
    FHIR_CLIENT_SECRET !== undefined
      ? { secret: FHIR_CLIENT_SECRET }
      : FHIR_PRIVATE_KEY !== undefined
        ? { privateKey: await readKey(FHIR_PRIVATE_KEY) }
        : undefined
  if (FHIR_CLIENT_ID === undefined || proof === undefined) {
    throw new StartProblem(
      'FHIR_TOKEN_URL takes FHIR_CLIENT_ID, and FHIR_CLIENT_SECRET or FHIR_PRIVATE_KEY, beside it',
    )
  }
  return {
    tokenUrl: FHIR_TOKEN_URL,
    clientId: FHIR_CLIENT_ID,
    proof,
    ...(values.FHIR_SCOPE === undefined ? {} : { scope: values.FHIR_SCOPE }),
  }
}

async function readKey(file: string): Promise<JWK> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK
  } catch {
    throw new StartProblem('FHIR_PRIVATE_KEY names no file that holds a key as JWK')
  }
}
