import { resolve } from 'node:path'
import type * as z from 'zod'
import { integer, text } from './kinds.ts'

/** How the national demographics service is reached, as the settings say. docs/national-service.md */
export interface NationalSettings {
  readonly baseUrl: string
  readonly tokenUrl: string
  readonly clientId: string
  /** Absolute: a file with the private key, as a JWK. */
  readonly privateKey: string
  /** Undefined where the file says it (`kid`). */
  readonly keyId: string | undefined
  readonly timeoutMs: number
  /** How long an answer is good, and how long it is used while the service is away. */
  readonly freshForMs: number
  readonly keptForMs: number
}

/** HTTPS, or HTTP within this machine; nothing but a path after the host. */
const SAFE_ADDRESS =
  /^(https:\/\/[^\s/?#@]+|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?)(\/[^\s?#]*)?$/

const SAFE = 'an https URL without a query; http on this machine alone'

/** The settings of the national demographics service. */
export const nationalSettings = {
  LCR_PDS_BASE_URL: text({
    description:
      'The national demographics service: the PDS FHIR API, `https://api.service.nhs.uk/personal-demographics/FHIR/R4` (docs/national-service.md). Without it: nobody vouches nationally.',
    expected: SAFE,
    pattern: SAFE_ADDRESS,
  }),
  LCR_PDS_TOKEN_URL: text({
    description:
      'Where its tokens are given out: `https://api.service.nhs.uk/oauth2/token`. Needed with `LCR_PDS_BASE_URL`.',
    expected: SAFE,
    pattern: SAFE_ADDRESS,
  }),
  LCR_PDS_CLIENT_ID: text({
    description: "The application's API key there. Needed with `LCR_PDS_BASE_URL`.",
    expected: 'a word',
    pattern: /^\S+$/,
  }),
  LCR_PDS_PRIVATE_KEY: text({
    description:
      'Its private RSA key (JWK), which signs who asks for a token (RS512). Needed with `LCR_PDS_BASE_URL`.',
    expected: 'a file',
  }),
  LCR_PDS_KEY_ID: text({
    description:
      "The key's id (`kid`), as the public key is registered. Without it: the one in the file.",
    expected: 'a word',
    pattern: /^\S+$/,
  }),
  LCR_PDS_TIMEOUT_MS: integer(
    [50, 10_000],
    500,
    'How long the national service may take to answer, in milliseconds; then the sources decide alone who somebody is.',
  ),
  LCR_PDS_FRESH_HOURS: integer(
    [1, 168],
    24,
    'How long an answer of the national service is not asked for again, in hours; that it knows nobody, one hour at most.',
  ),
  LCR_PDS_KEPT_DAYS: integer(
    [1, 90],
    7,
    'How old an answer may be that is used while the national service is away, in days; older ones are removed. Not less than `LCR_PDS_FRESH_HOURS`.',
  ),
}

type Values = z.infer<z.ZodObject<typeof nationalSettings>>

const HOUR_MS = 60 * 60_000

/** What the settings say of the national service; null where none is connected. */
export function readNationalSettings(values: Values): NationalSettings | null {
  const {
    LCR_PDS_BASE_URL: baseUrl,
    LCR_PDS_TOKEN_URL: tokenUrl,
    LCR_PDS_CLIENT_ID: clientId,
    LCR_PDS_PRIVATE_KEY: privateKey,
  } = values
  if (!baseUrl || !tokenUrl || !clientId || !privateKey) return null
  return {
    baseUrl,
    tokenUrl,
    clientId,
    privateKey: resolve(privateKey),
    keyId: values.LCR_PDS_KEY_ID,
    timeoutMs: values.LCR_PDS_TIMEOUT_MS,
    freshForMs: values.LCR_PDS_FRESH_HOURS * HOUR_MS,
    keptForMs: values.LCR_PDS_KEPT_DAYS * 24 * HOUR_MS,
  }
}

/** Why these settings cannot stand together: half a connection is none, and must not pass for one. */
export function findNationalProblems(values: Values): string[] {
  const needed = ['LCR_PDS_TOKEN_URL', 'LCR_PDS_CLIENT_ID', 'LCR_PDS_PRIVATE_KEY'] as const
  const isGiven = values.LCR_PDS_BASE_URL !== undefined
  const problems = isGiven
    ? needed
        .filter((name) => values[name] === undefined)
        .map((name) => `${name} is absent: LCR_PDS_BASE_URL needs it`)
    : [...needed, 'LCR_PDS_KEY_ID' as const]
        .filter((name) => values[name] !== undefined)
        .map((name) => `LCR_PDS_BASE_URL is absent: without it ${name} is not used`)
  const { LCR_PDS_FRESH_HOURS: hours, LCR_PDS_KEPT_DAYS: days } = values
  if (hours > days * 24) {
    problems.push(
      `LCR_PDS_KEPT_DAYS is ${days}: it must not be less than LCR_PDS_FRESH_HOURS, ${hours} hours`,
    )
  }
  return problems
}
