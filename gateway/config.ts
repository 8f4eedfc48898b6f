import { join, resolve } from 'node:path'
import type { Participant } from '../subgraphs/kit/participant.ts'
import { type FhirSettings, readFhirSettings } from './config/fhir-settings.ts'
import {
  findNationalProblems,
  type NationalSettings,
  readNationalSettings,
} from './config/national-settings.ts'
import { databaseVariable, settingNotes, settingsSchema, urlVariable } from './config/settings.ts'
import { findNearest } from './config/spelling.ts'

/** Where one participant's subgraph answers and what it stores in. */
export interface SourceConfig {
  readonly code: string
  readonly name: string
  /** Its place in the order of codes, counted from the port after the gateway's. */
  readonly port: number
  readonly url: string
  /** All its addresses, `url` first. */
  readonly urls: readonly string[]
  /** True when a setting says where it is. */
  readonly isSet: boolean
  readonly databaseUrl: string | undefined
  /** Undefined where its records are in its database. */
  readonly fhir: readonly FhirSettings[] | undefined
}

/** Every setting, checked. docs/settings.md describes each. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly audit: {
    readonly databaseUrl: string | undefined
    /** Absolute: where the ends of the trail's chains are kept, beside the database. */
    readonly anchors: string
    readonly deadlineMs: number
  }
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  readonly isProduction: boolean
  /** The invented patients of the first start. */
  readonly population: { readonly patients: number; readonly seed: number }
  readonly sourceDeadlineMs: number
  readonly deadlineMs: number
  readonly maxConnectionsPerSource: number
  /** What a source may send: bytes of an answer, entries of any one list. */
  readonly sourceLimits: { readonly maxBytes: number; readonly maxEntries: number }
  readonly hedgeAfterMs: number
  readonly circuitOpenMs: number
  /** How much one caller may ask of one process. */
  readonly rates: { readonly operationsPerMinute: number; readonly patientsPerMinute: number }
  /** Above these a process refuses early. */
  readonly capacity: {
    readonly maxRequests: number
    readonly maxWaitMs: number
    readonly maxEventLoopDelayMs: number
  }
  /** How slow a client may be. */
  readonly clients: { readonly sendMs: number; readonly readMs: number }
  readonly drainMs: number
  /** Whether only registered operations are answered. */
  readonly operations: 'any' | 'registered'
  readonly feedIntervalMs: number
  readonly registryIntervalMs: number
  /** What is never shared: which lists are read. */
  readonly exclusions: {
    /** Absolute. Undefined: the short list alone. */
    readonly folder: string | undefined
    readonly excludesTermination: boolean
  }
  readonly emergencyAccessHours: number
  readonly emergencySignInMinutes: number
  /** When privacy alerts are raised. */
  readonly alerts: { readonly intervalMs: number; readonly patientsPerHour: number }
  /** URL or absolute file of the gateway's public keys, for subgraphs. */
  readonly gatewayKeys: string
  /** Undefined: the embedded development issuer. */
  readonly issuer: { readonly issuer: string; readonly jwksUrl: string } | undefined
  readonly audience: string
  /** The national demographics service; null where none is connected. */
  readonly national: NationalSettings | null
  readonly sources: readonly SourceConfig[]
  /** Lines about variables that look like settings and are none. */
  readonly warnings: readonly string[]
}

/** Settings that do not hold: one line for each problem, free of secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/**
 * Reads and checks every setting. An empty variable counts as absent, as container files write it.
 *
 * @param env usually `process.env`
 * @param participants whose settings to read too; in the order of their codes
 * @throws {ConfigError} naming every problem at once
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  participants: readonly Pick<Participant, 'code' | 'name'>[] = [],
): Config {
  const codes = participants.map(({ code }) => code)
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = settingsSchema(codes).safeParse({ shared: given, ofParticipants: given })
  if (!parsed.success) {
    const variables = parsed.error.issues.map(({ path }) => String(path.at(-1)))
    throw new ConfigError(describeProblems([...new Set(variables)], given, codes))
  }
  const { shared, ofParticipants } = parsed.data
  refuseContradictions(shared, codes.length)
  const dataDir = resolve(shared.LCR_DATA_DIR)
  const keys = shared.LCR_GATEWAY_KEYS ?? join(dataDir, 'keys', 'public', 'gateway.jwks.json')
  return {
    port: shared.PORT,
    host: shared.HOST,
    dataDir,
    databaseUrl: shared.DATABASE_URL,
    audit: {
      databaseUrl: shared.LCR_AUDIT_DATABASE_URL,
      anchors: join(dataDir, 'audit'),
      deadlineMs: shared.LCR_AUDIT_DEADLINE_MS,
    },
    logLevel: shared.LOG_LEVEL,
    isProduction: shared.NODE_ENV === 'production',
    population: { patients: shared.LCR_POPULATION_PATIENTS, seed: shared.LCR_POPULATION_SEED },
    sourceDeadlineMs: shared.LCR_SOURCE_DEADLINE_MS,
    deadlineMs: shared.LCR_DEADLINE_MS,
    maxConnectionsPerSource: shared.LCR_MAX_CONNECTIONS_PER_SOURCE,
    sourceLimits: {
      maxBytes: shared.LCR_SOURCE_MAX_BYTES,
      maxEntries: shared.LCR_SOURCE_MAX_ENTRIES,
    },
    hedgeAfterMs: shared.LCR_HEDGE_AFTER_MS,
    circuitOpenMs: shared.LCR_CIRCUIT_OPEN_MS,
    rates: {
      operationsPerMinute: shared.LCR_OPERATIONS_PER_MINUTE,
      patientsPerMinute: shared.LCR_PATIENTS_PER_MINUTE,
    },
    capacity: {
      maxRequests: shared.LCR_MAX_REQUESTS,
      maxWaitMs: shared.LCR_MAX_WAIT_MS,
      maxEventLoopDelayMs: shared.LCR_MAX_EVENT_LOOP_DELAY_MS,
    },
    clients: { sendMs: shared.LCR_CLIENT_SEND_MS, readMs: shared.LCR_CLIENT_READ_MS },
    drainMs: shared.LCR_DRAIN_MS,
    operations: shared.LCR_OPERATIONS,
    feedIntervalMs: shared.LCR_FEED_INTERVAL_MS,
    registryIntervalMs: shared.LCR_REGISTRY_INTERVAL_MS,
    exclusions: {
      folder: shared.LCR_EXCLUSIONS_DIR && resolve(shared.LCR_EXCLUSIONS_DIR),
      excludesTermination: shared.LCR_EXCLUDE_TERMINATION === 'yes',
    },
    emergencyAccessHours: shared.LCR_EMERGENCY_ACCESS_HOURS,
    emergencySignInMinutes: shared.LCR_EMERGENCY_SIGN_IN_MINUTES,
    alerts: {
      intervalMs: shared.LCR_ALERT_INTERVAL_MS,
      patientsPerHour: shared.LCR_ALERT_PATIENTS_PER_HOUR,
    },
    gatewayKeys: /^https?:/.test(keys) ? keys : resolve(keys),
    issuer:
      shared.LCR_ISSUER !== undefined && shared.LCR_JWKS_URL !== undefined
        ? { issuer: shared.LCR_ISSUER, jwksUrl: shared.LCR_JWKS_URL }
        : undefined,
    audience: shared.LCR_AUDIENCE,
    national: readNationalSettings(shared),
    sources: participants.map(({ code, name }, index) => {
      const port = shared.PORT + 1 + index
      const usual = `http://127.0.0.1:${port}/graphql`
      const given = ofParticipants[urlVariable(code)]?.split(',')
      const urls = given ?? [usual]
      return {
        code,
        name,
        port,
        url: urls[0] ?? usual,
        urls,
        isSet: given !== undefined,
        databaseUrl: ofParticipants[databaseVariable(code)],
        fhir: readFhirSettings(code, ofParticipants),
      }
    }),
    warnings: findUnknown(given, codes),
  }
}

/** Why a gateway may not run with these settings; empty when it may. */
export function findGatewayProblems(config: Config): string[] {
  if (!config.isProduction || config.issuer) return []
  return [
    'NODE_ENV is production, where the development issuer is refused: set LCR_ISSUER and LCR_JWKS_URL',
  ]
}

function describeProblems(
  variables: readonly string[],
  given: Readonly<Record<string, string | undefined>>,
  codes: readonly string[],
): string[] {
  const notes = settingNotes(codes)
  return variables.map((variable) => {
    const setting = notes.get(variable)
    const value = setting?.isSecret ? 'has another form' : `is ${JSON.stringify(given[variable])}`
    return `${variable} ${value}: it must be ${setting?.expected}`
  })
}

type SharedSettings = ReturnType<ReturnType<typeof settingsSchema>['parse']>['shared']

function refuseContradictions(shared: SharedSettings, participants: number): void {
  const problems: string[] = []
  if (shared.PORT + participants > 65_535) {
    problems.push(
      `PORT is ${shared.PORT}: it must leave ${participants} ports after it, up to 65535`,
    )
  }
  if (shared.LCR_DEADLINE_MS < shared.LCR_SOURCE_DEADLINE_MS) {
    problems.push(
      `LCR_DEADLINE_MS is ${shared.LCR_DEADLINE_MS}: it must not be less than LCR_SOURCE_DEADLINE_MS, ${shared.LCR_SOURCE_DEADLINE_MS}`,
    )
  }
  if ((shared.LCR_ISSUER === undefined) !== (shared.LCR_JWKS_URL === undefined)) {
    const missing = shared.LCR_ISSUER === undefined ? 'LCR_ISSUER' : 'LCR_JWKS_URL'
    problems.push(`${missing} is absent: LCR_ISSUER and LCR_JWKS_URL are set together`)
  }
  problems.push(...findNationalProblems(shared))
  if (problems.length > 0) throw new ConfigError(problems)
}

function findUnknown(
  given: Readonly<Record<string, string | undefined>>,
  codes: readonly string[],
): string[] {
  const known = [...settingNotes(codes).keys()]
  return Object.keys(given)
    .filter((variable) => variable.startsWith('LCR_') && !known.includes(variable))
    .map((variable) => {
      const near = findNearest(variable, known)
      return `${variable} is no setting and has no effect${near ? `: did you mean ${near}?` : ''}`
    })
}
