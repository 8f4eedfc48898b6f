import * as z from 'zod'
import { fhirSettingsOf } from './fhir-settings.ts'
import {
  choice,
  database,
  integer,
  notesOfSettings,
  type SettingNotes,
  text,
  textOr,
} from './kinds.ts'
import { limitSettings } from './limit-settings.ts'
import { nationalSettings } from './national-settings.ts'

const HIGHEST_PORT = 65_535
const WEB_ADDRESSES = /^https?:\/\/[^\s/,]+[^\s,]*(,https?:\/\/[^\s/,]+[^\s,]*)*$/
const WEB_ADDRESS = /^https?:\/\/[^\s/]+\S*$/

const settings = {
  PORT: integer(
    [1, HIGHEST_PORT],
    4000,
    'Where the gateway listens. The participants take the ports after it, in the order of their codes.',
  ),
  HOST: textOr('127.0.0.1', {
    description: 'The address that the gateway, or a subgraph served alone, listens on.',
    expected: 'an IP address or a host name',
    pattern: /^[\w.:-]+$/,
  }),
  LCR_DATA_DIR: textOr('.data', {
    description: 'The folder of the databases, keys and logs. Made when absent.',
    expected: 'a folder',
  }),
  DATABASE_URL: database("The gateway's own database. Without any database: embedded PostgreSQL."),
  LCR_AUDIT_DATABASE_URL: database(
    "The audit store's database, as a role that `lcr audit prepare` has prepared. Without any database: embedded PostgreSQL.",
  ),
  LCR_AUDIT_DEADLINE_MS: integer(
    [50, 10_000],
    1000,
    'How long an answer waits until its audit event is committed, in milliseconds; then it is refused.',
  ),
  LOG_LEVEL: choice(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'info',
    'How much is logged. `npm start` writes the logs into the data folder; with `debug` or `trace` they go to the terminal.',
  ),
  NODE_ENV: choice(
    ['development', 'test', 'production'],
    'development',
    'In `production` the development issuer is refused.',
  ),
  LCR_POPULATION_PATIENTS: integer(
    [0, 1_000_000],
    2000,
    'How many invented patients the first start loads. 0 loads none.',
  ),
  LCR_POPULATION_SEED: integer([0, 2 ** 31 - 1], 2026, 'The same seed makes the same patients.'),
  LCR_SOURCE_DEADLINE_MS: integer(
    [10, 60_000],
    2000,
    'How long one participant may take to answer, in milliseconds.',
  ),
  LCR_DEADLINE_MS: integer(
    [10, 60_000],
    3000,
    'How long a whole answer may take, in milliseconds. Not less than `LCR_SOURCE_DEADLINE_MS`.',
  ),
  LCR_MAX_CONNECTIONS_PER_SOURCE: integer(
    [1, 1000],
    32,
    'How many connections the gateway keeps to one participant.',
  ),
  LCR_SOURCE_MAX_BYTES: integer(
    [1000, 1_000_000_000],
    10_000_000,
    'How many bytes a participant may answer with; at more the connection is closed and the answer counts as failed.',
  ),
  LCR_SOURCE_MAX_ENTRIES: integer(
    [500, 1_000_000],
    10_000,
    'How many entries any one list of a participant may have; a section with more is left out.',
  ),
  LCR_HEDGE_AFTER_MS: integer(
    [1, 60_000],
    500,
    'Where a participant has several addresses: after how many milliseconds without an answer a second one is asked beside the first.',
  ),
  LCR_CIRCUIT_OPEN_MS: integer(
    [10, 600_000],
    1000,
    'For how long a participant that keeps failing is not asked, in milliseconds; twice as long each time that it fails again, up to 10 seconds.',
  ),
  ...limitSettings,
  LCR_OPERATIONS: choice(
    ['any', 'registered'],
    'any',
    'Which operations are answered: any that is valid, or only those that teams have registered (docs/clients.md).',
  ),
  LCR_FEED_INTERVAL_MS: integer(
    [100, 600_000],
    3000,
    "How often the index asks a participant's feed for changes, in milliseconds.",
  ),
  LCR_REGISTRY_INTERVAL_MS: integer(
    [50, 60_000],
    500,
    'How often a gateway process asks the registry for a newer supergraph, in milliseconds.',
  ),
  LCR_EXCLUSIONS_DIR: text({
    description:
      'The folder of the full lists of what is never shared (docs/exclusions.md). Without it: the short list alone.',
    expected: 'a folder',
  }),
  LCR_EXCLUDE_TERMINATION: choice(
    ['yes', 'no'],
    'yes',
    'Whether terminations of pregnancy are among what is never shared.',
  ),
  LCR_EMERGENCY_ACCESS_HOURS: integer(
    [1, 168],
    8,
    'How long emergency access to one patient lasts once it is claimed, in hours.',
  ),
  LCR_EMERGENCY_SIGN_IN_MINUTES: integer(
    [1, 120],
    15,
    'How old a sign-in below assurance level 3 may be when emergency access is claimed, in minutes.',
  ),
  LCR_ALERT_INTERVAL_MS: integer(
    [100, 600_000],
    2000,
    'How often the audit trail is looked through for what a privacy officer is to know, in milliseconds.',
  ),
  LCR_ALERT_PATIENTS_PER_HOUR: integer(
    [1, 100_000],
    60,
    'How many different patients one member of staff may open within an hour before an alert is raised.',
  ),
  LCR_GATEWAY_KEYS: text({
    description:
      "The gateway's public keys (JWKS), by which a subgraph knows its assertions. Without it: `keys/public/gateway.jwks.json` in the data folder.",
    expected: 'a URL or a file',
  }),
  LCR_ISSUER: text({
    description:
      'Who issues the tokens that the gateway accepts (`iss`), such as NHS CIS2. Without it: the development issuer.',
    expected: 'an http or https URL',
    pattern: WEB_ADDRESS,
  }),
  LCR_JWKS_URL: text({
    description: "Where the issuer's public keys are. Needed with `LCR_ISSUER`.",
    expected: 'an http or https URL',
    pattern: WEB_ADDRESS,
  }),
  LCR_AUDIENCE: textOr('london-care-record-gateway', {
    description: 'Whom a token must be for (`aud`).',
    expected: 'a word without spaces',
    pattern: /^\S+$/,
  }),
  ...nationalSettings,
}

/** The one schema of all settings: those that everybody shares, and those of each participant. */
export function settingsSchema(codes: readonly string[]) {
  return z.object({
    shared: z.object(settings),
    ofParticipants: z.object(Object.fromEntries(codes.flatMap(settingsOf))),
  })
}

/** What is known of every setting, by its variable, in the order of docs/settings.md. */
export function settingNotes(codes: readonly string[]): Map<string, SettingNotes> {
  const all = { ...settings, ...Object.fromEntries(codes.flatMap(settingsOf)) }
  return new Map(
    Object.entries(all).flatMap(([variable, schema]) => {
      const notes = notesOfSettings.get(schema)
      return notes ? [[variable, notes] as const] : []
    }),
  )
}

/** `NEL_URL`: where the subgraph of `nel` answers. */
export function urlVariable(code: string): string {
  return `${code.toUpperCase()}_URL`
}

/** `NEL_DATABASE_URL`: the database of `nel`. */
export function databaseVariable(code: string): string {
  return `${code.toUpperCase()}_DATABASE_URL`
}

function settingsOf(code: string) {
  const url = text({
    description: `Where the subgraph of \`${code}\` answers; its replicas' addresses with commas between them. Without it: \`http://127.0.0.1:<its port>/graphql\`.`,
    expected: 'an http or https URL, or several with commas between them',
    pattern: WEB_ADDRESSES,
  })
  const store = database(`The database of \`${code}\`. Without any database: embedded PostgreSQL.`)
  return [
    [urlVariable(code), url],
    [databaseVariable(code), store],
    ...fhirSettingsOf(code),
  ] as const
}
