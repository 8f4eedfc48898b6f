import { text } from './kinds.ts'

/** How one of a participant's FHIR servers is reached, as the settings say. */
export interface FhirSettings {
  /** What its variables begin with: `NEL_FHIR`, or `NEL_FHIR_2`. */
  readonly prefix: string
  readonly baseUrl: string | undefined
  readonly tokenUrl: string | undefined
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  /** A file with the private key, as a JWK. */
  readonly privateKey: string | undefined
  readonly scope: string | undefined
}

const WEB_ADDRESS = /^https?:\/\/[^\s/]+\S*$/

/** A participant's further servers are numbered: so many at most, the first one without a number. */
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** The settings of a participant whose records stay in FHIR servers. docs/fhir-server.md */
export function fhirSettingsOf(code: string) {
  return NUMBERS.flatMap((number) => settingsOfServer(code, number))
}

function settingsOfServer(code: string, number: number) {
  const of = (name: string) => `${prefixOf(code, number)}_${name}`
  const isFirst = number === 1
  const server = isFirst ? `FHIR server of \`${code}\`` : `further FHIR server of \`${code}\``
  return [
    [
      of('BASE_URL'),
      text({
        description: isFirst
          ? `The FHIR R4 server in which the records of \`${code}\` stay, instead of a database (docs/fhir-server.md).`
          : `A further FHIR R4 server of \`${code}\`, such as another hospital's, numbered from 2 to 9; one record is made of what all of them hold.`,
        expected: 'an http or https URL',
        pattern: WEB_ADDRESS,
      }),
    ],
    [
      of('TOKEN_URL'),
      text({
        description: `Where tokens for the ${server} are given out (OAuth 2.0 client credentials). Without it: none are sent.`,
        expected: 'an http or https URL',
        pattern: WEB_ADDRESS,
      }),
    ],
    [
      of('CLIENT_ID'),
      text({
        description: `As whom the subgraph of \`${code}\` asks for tokens.`,
        expected: 'a word',
      }),
    ],
    [
      of('CLIENT_SECRET'),
      text({
        description: `Its secret, where it shows who it is by one (client_secret_basic).`,
        expected: 'a secret',
        isSecret: true,
      }),
    ],
    [
      of('PRIVATE_KEY'),
      text({
        description: `Its private key (JWK), where it shows who it is by a signed assertion (private_key_jwt), as NHS England asks.`,
        expected: 'a file',
      }),
    ],
    [
      of('SCOPE'),
      text({
        description: `What the tokens are to open, such as \`system/*.rs\`. Without it: what the token service gives.`,
        expected: 'scopes with spaces between them',
      }),
    ],
  ] as const
}

/**
 * What the settings say of a participant's FHIR servers, the first one first; undefined where there is
 * none. A server of which anything is said is listed, with or without its address.
 */
export function readFhirSettings(
  code: string,
  settings: Readonly<Record<string, string | undefined>>,
): readonly FhirSettings[] | undefined {
  const servers = NUMBERS.map((number) => readServer(prefixOf(code, number), settings))
  const named = servers.filter(({ prefix, ...given }, index) => {
    const isFirstOfSeveral = index === 0 && servers.slice(1).some(({ baseUrl }) => baseUrl)
    return isFirstOfSeveral || Object.values(given).some((value) => value !== undefined)
  })
  return named.length === 0 ? undefined : named
}

function readServer(
  prefix: string,
  settings: Readonly<Record<string, string | undefined>>,
): FhirSettings {
  const of = (name: string) => settings[`${prefix}_${name}`]
  return {
    prefix,
    baseUrl: of('BASE_URL'),
    tokenUrl: of('TOKEN_URL'),
    clientId: of('CLIENT_ID'),
    clientSecret: of('CLIENT_SECRET'),
    privateKey: of('PRIVATE_KEY'),
    scope: of('SCOPE'),
  }
}

function prefixOf(code: string, number: number): string {
  return `${code.toUpperCase()}_FHIR${number === 1 ? '' : `_${number}`}`
}
