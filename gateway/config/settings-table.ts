import { settingNotes } from './settings.ts'

/** docs/settings.md: every setting with its default and meaning. */
export function renderSettings(codes: readonly string[]): string {
  const [first = 'nel'] = codes
  // Of the numbered ones the first stands for all.
  const shown = [...settingNotes([first])].filter(([variable]) => !/_FHIR_[3-9]_/.test(variable))
  const rows = shown.map(([variable, notes]) => {
    const name = variable
      .replace(`${first.toUpperCase()}_`, '<CODE>_')
      .replace('_FHIR_2_', '_FHIR_<NUMBER>_')
    const meaning = notes.description.replaceAll(`\`${first}\``, 'participant `<code>`')
    const usual = notes.default === undefined ? '' : `\`${notes.default}\``
    return `| \`${name}\` | ${usual} | ${notes.expected} | ${meaning} |`
  })
  return [
    '# Settings',
    '',
    'Environment variables, checked at start by one schema: `gateway/config/settings.ts`. This page is',
    'made from it. `<CODE>` is a participant in capitals:',
    `${codes.map((code) => code.toUpperCase()).join(', ')}.`,
    '',
    '| variable | default | accepted | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
