import type { Story } from './story.ts'

/** The story patients, in the order of docs/story-patients.md. */
export const stories: readonly Story[] = []
