import type { Participant } from '../../subgraphs/kit/participant.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { recordSections, sharesOf } from '../../subgraphs/kit/shares.ts'

const INTRODUCTION = `# What each participant shares

A section that a participant does not share is \`NOT_SHARED\` in its own record and among \`notShared\` in the merged section, which is
then never complete and never \`NONE_KNOWN\` or \`NOTHING_RECORDED\`: **that nothing is there says nothing about the patient.** The same
stands in \`sources { notShared }\` and, without asking for a patient, in \`participants { shares { section from timeliness } }\`. It is
the same for every patient.

A day means: records from that day on are shared; an older history may exist there. "live" is within minutes, "nightly" on the next day.
This page is made from \`shares\` in \`subgraphs/*/participant.ts\`; a participant from outside names it in \`participant.json\` (docs/publish.md).
`

/** docs/shares.md. */
export function sharesPage(participants: readonly Participant[]): string {
  const columns = participants.filter(isContributor)
  const others = participants.filter((one) => !isContributor(one))
  return [
    INTRODUCTION,
    row(['Section', ...columns.map(({ code }) => `\`${code}\``)]),
    row(['---', ...columns.map(() => '---')]),
    ...recordSections.map((section) =>
      row([`\`${section}\``, ...columns.map((participant) => cell(participant, section))]),
    ),
    '',
    ...others.map(({ code, name }) => `\`${code}\` (${name}) views only, and shares no records.`),
    '',
    ...columns.map(({ code, name }) => `- \`${code}\`: ${name}`),
    '',
  ].join('\n')
}

function cell(participant: Participant, wanted: string): string {
  const shared = sharesOf(participant).find(({ section }) => section === wanted)
  if (!shared) return '**not shared**'
  const soon = shared.timeliness === 'LIVE' ? 'live' : 'nightly'
  return shared.from === undefined ? soon : `${soon}, from ${shared.from}`
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
