import { text } from './kinds.ts'

/** How a participant's FHIR server is reached, as the settings say. */
export interface FhirSettings {
  readonly baseUrl: string
  readonly tokenUrl: string | undefined
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  /** A file with the private key, as a JWK. */
  readonly privateKey: string | undefined
  readonly scope: string | undefined
}

const WEB_ADDRESS = /^https?:\/\/[^\s/]+\S*$/

/** The settings of a participant whose records stay in a FHIR server. docs/fhir-server.md */
export function fhirSettingsOf(code: string) {
  const of = (name: string) => `${code.toUpperCase()}_FHIR_${name}`
  return [
    [
      of('BASE_URL'),
      text({
        description: `The FHIR R4 server in which the records of \`${code}\` stay, instead of a database (docs/fhir-server.md).`,
        expected: 'an http or https URL',
        pattern: WEB_ADDRESS,
      }),
    ],
    [
      of('TOKEN_URL'),
      text({
        description: `Where tokens for the FHIR server of \`${code}\` are given out (OAuth 2.0 client credentials). Without it: none are sent.`,
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

/** What the settings say of a participant's FHIR server; undefined where there is none. */
export function readFhirSettings(
  code: string,
  settings: Readonly<Record<string, string | undefined>>,
): FhirSettings | undefined {
  const of = (name: string) => settings[`${code.toUpperCase()}_FHIR_${name}`]
  const baseUrl = of('BASE_URL')
  if (baseUrl === undefined) return undefined
  return {
    baseUrl,
    tokenUrl: of('TOKEN_URL'),
    clientId: of('CLIENT_ID'),
    clientSecret: of('CLIENT_SECRET'),
    privateKey: of('PRIVATE_KEY'),
    scope: of('SCOPE'),
  }
}
