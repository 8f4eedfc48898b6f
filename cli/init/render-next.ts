import type { ParticipantDescription } from '../../subgraphs/kit/participant-description.ts'

/** What `lcr init` says when it is done: what was made, and the next commands. */
export function renderNext(made: {
  /** The folder as the command line has it. */
  readonly given: string
  readonly description: ParticipantDescription
  readonly gatewayKeys: string | null
}): string {
  const { given, description, gatewayKeys } = made
  const odsCodes = description.organisations.map(({ odsCode }) => odsCode).join(', ')
  const folder = /^[\w./-]+$/.test(given) ? given : `'${given}'`
  return [
    `Made ${given}: the subgraph of ${description.name} (${description.code}).`,
    `  organisations   ${odsCodes}: names and contacts in participant.json are made up, yours to write`,
    gatewayKeys === null
      ? '  gateway keys    not known: set LCR_GATEWAY_KEYS in .env before you start'
      : `  gateway keys    ${gatewayKeys}`,
    '',
    'Next:',
    `  cd ${folder}`,
    '  npm install',
    '  npm start',
    '',
    'README.md there leads from here to published.',
    '',
  ].join('\n')
}
