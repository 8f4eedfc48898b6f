import { ada } from './ada.ts'
import { lucy, mohammed, nadia } from './agreements.ts'
import { rosa, segun, thomas } from './busy-records.ts'
import { dele, eleni, frances } from './legally-excluded.ts'
import { george, halima, ian, jasmine, kwame } from './objections.ts'
import { bernard, carys, oliver, piotr, samuel } from './one-source.ts'
import type { Story } from './story.ts'
import { uma } from './two-hospitals.ts'

/** The story patients, in the order of docs/story-patients.md. */
export const stories: readonly Story[] = [
  ada,
  bernard,
  carys,
  dele,
  eleni,
  frances,
  george,
  halima,
  ian,
  jasmine,
  kwame,
  lucy,
  mohammed,
  nadia,
  oliver,
  piotr,
  rosa,
  samuel,
  segun,
  thomas,
  uma,
]

const byKey = new Map(stories.map((story) => [story.key, story]))

/** The story of that key, such as `ada`; unknown keys throw. */
export function storyOf(key: string): Story {
  const story = byKey.get(key)
  if (story === undefined) throw new Error(`no story has the key ${key}`)
  return story
}
