/** The field of a patient that is the timeline. */
export const TIMELINE = 'timeline'

/** The interface of every entry of every section. */
export const CARE_ITEM = 'CareItem'

/** How many entries a page of the timeline holds when the client does not say. */
export const TIMELINE_PAGE = 50

/** The most that it holds: every section of every source is asked for as many. */
export const TIMELINE_PAGE_LIMIT = 100

/** A section as the public schema's `TimelineSection` has it: `testResults` → `TEST_RESULTS`. */
export function timelineSection(section: string): string {
  return section.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

/** How the timeline is paged. */
export const TIMELINE_PAGING = {
  name: TIMELINE,
  defaultFirst: TIMELINE_PAGE,
  most: TIMELINE_PAGE_LIMIT,
} as const
