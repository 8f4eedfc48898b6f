import type { Participant } from '../../subgraphs/kit/participant.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import type { KitSettings } from './settings.ts'

/** What a subgraph says once it listens: where, on what, whom it trusts, and what to do next. */
export function renderWelcome(
  participant: Participant,
  settings: KitSettings,
  url: string,
): string {
  const { fhir, databaseUrl, dataDir, gatewayKeys } = settings
  const source =
    fhir?.baseUrl ??
    (databaseUrl === undefined ? `embedded PostgreSQL in ${dataDir}` : 'DATABASE_URL')
  const loads = isContributor(participant) && fhir === undefined
  return [
    '',
    `${participant.name} (${participant.code}) listens at ${url}`,
    `  records    ${source}`,
    `  it trusts  ${gatewayKeys}`,
    '',
    'Next, from a second terminal in this folder:',
    ...(loads ? ['  npm run load examples/     load the example patients'] : []),
    '  npm run conformance        test it against the contract',
    '  README.md                  how it is published',
    '',
    'Ctrl-C stops it.',
  ].join('\n')
}
