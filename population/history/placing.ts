import { type Random, randomFrom } from '../random.ts'

/** Where fifty people in a row live, by the participant of their district. */
const HOMES = [
  ...Array<string>(10).fill('nel'),
  ...Array<string>(10).fill('sel'),
  ...Array<string>(8).fill('swl'),
  ...Array<string>(8).fill('ncl'),
  ...Array<string>(8).fill('nwl'),
  ...['clch', 'mkuh', 'hct', 'paht', 'whth', 'enht'],
]

/** Where people of a home are also treated, the likelier twice. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  nel: ['ncl', 'ncl', 'sel', 'paht'],
  sel: ['swl', 'swl', 'nel', 'ncl'],
  swl: ['sel', 'sel', 'nwl', 'clch'],
  ncl: ['nel', 'nwl', 'clch', 'enht'],
  nwl: ['ncl', 'clch', 'clch', 'whth'],
  clch: ['nwl'],
  mkuh: ['nwl', 'ncl', 'whth'],
  hct: ['whth', 'enht', 'ncl'],
  paht: ['nel', 'hct', 'ncl'],
  whth: ['nwl', 'hct', 'hct'],
  enht: ['hct', 'hct', 'ncl'],
}

/** The homes whose people a participant may hold a record of. */
export function homesOf(participant: string): readonly string[] {
  const isNear = (home: string) => home === participant || neighbours[home]?.includes(participant)
  return [...new Set(HOMES)].filter(isNear)
}

/** Where somebody lives and who holds a record of them: the home first. */
export interface Placing {
  readonly home: string
  readonly holders: readonly string[]
}

/** Places the `index`th person; cheap, so that those of other participants can be skipped. */
export function placeOf(seed: number, index: number): Placing {
  const home = HOMES[(index * 17) % HOMES.length] ?? 'nel'
  const random: Random = randomFrom(`place ${seed} ${index}`)
  const near = neighbours[home] ?? []
  if (!random.chance(0.2)) return { home, holders: [home] }
  const second = random.pick(near)
  const third = random.pick(near)
  const isThird = random.chance(0.25) && third !== second
  return { home, holders: isThird ? [home, second, third] : [home, second] }
}
