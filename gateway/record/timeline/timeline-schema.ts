import { type DocumentNode, parse } from 'graphql'
import { TIMELINE_PAGE, TIMELINE_PAGE_LIMIT, timelineSection } from './names.ts'

/** What the public schema says of the timeline, over these sections. */
export function timelineTypes(sections: readonly string[]): DocumentNode {
  const values = sections
    .map((section) => `"The entries of \`${section}\`."\n${timelineSection(section)}`)
    .join('\n')
  return parse(
    `
"A part of the record that the timeline can cover."
enum TimelineSection { ${values} }

"The entries of several sections in one order: newest first, those without a time last."
type Timeline {
  "The entries. Their type tells the section: \`... on TestResult { … }\`."
  nodes: [CareItem!]!
  "The entries, each with its cursor."
  edges: [TimelineEdge!]!
  "Where the timeline continues."
  pageInfo: PageInfo!
  "The sections that it covers: those asked for that the reader may see."
  sections: [TimelineSection!]!
  """
  False when a source that may hold entries did not answer for one of the sections, holds some that
  cannot be shown, or does not share one of them: then the list is not the whole truth.
  """
  isComplete: Boolean!
  "The codes of the participants of which entries may be missing, in any of the sections."
  missingSources: [ID!]!
}

"An entry and its place in the timeline."
type TimelineEdge {
  "The entry's place: give it as \`after\` to continue behind it."
  cursor: String!
  "The entry."
  node: CareItem!
}

extend type Patient {
  """
  The entries of all sections in one list over all sources, newest first. What was recorded by mistake
  is left out. Sections that the reader may not see are left out with an error; null when no other is
  asked for.
  """
  timeline(
    "At most this many entries, 1 to ${TIMELINE_PAGE_LIMIT}."
    first: Int = ${TIMELINE_PAGE}
    "Continue after this cursor."
    after: String
    "Only entries of these sections; of all when left out."
    sections: [TimelineSection!]
    "Only entries at or after this moment, and those whose date leaves it open."
    since: DateTime
  ): Timeline
}
`,
    { noLocation: true },
  )
}
