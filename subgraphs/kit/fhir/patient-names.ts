import type { HumanName } from '../generated/contract.ts'
import { type Moment, tenseOf, useOf } from './current.ts'
import { type Element, elements } from './elements.ts'
import { humanName } from './people.ts'

/** A patient's names: the one in use, others in use, and those of before. */
export interface PatientNames {
  readonly name: HumanName | null
  readonly otherNames: HumanName[]
  readonly formerNames: HumanName[]
}

/**
 * Sorts a patient's names by whether they are in use at the moment. The name is the usual, else the
 * official one; one with a family name goes before one without, because that is how people are found
 * and told apart. A name that is still to come is none yet.
 */
export function namesOf(source: unknown, moment: Moment): PatientNames {
  const all = elements(source).flatMap((one): Told[] => {
    const name = humanName(one)
    return name === null ? [] : [{ name, tense: tenseOfName(one, moment) }]
  })
  const inUse = all.filter(({ tense }) => tense === 'PRESENT').map(({ name }) => name)
  const [name = null, ...otherNames] = distinct(
    inUse.toSorted((one, other) => rankOf(one) - rankOf(other)),
  )
  const ended = all.filter(({ tense }) => tense === 'ENDED').map((one) => one.name)
  const known = new Set(inUse.map(keyOf))
  return { name, otherNames, formerNames: distinct(ended).filter((one) => !known.has(keyOf(one))) }
}

interface Told {
  readonly name: HumanName
  readonly tense: ReturnType<typeof tenseOf>
}

function tenseOfName(source: Element, moment: Moment): Told['tense'] {
  const use = useOf(source)
  return use === 'old' || use === 'maiden' ? 'ENDED' : tenseOf(source['period'], moment)
}

/** Uses in order; a nickname, a temporary name and one for anonymity come after a plain one. */
const USES = ['usual', 'official', null]

function rankOf({ family, use }: HumanName): number {
  const place = USES.indexOf(use)
  return (family === null ? 10 : 0) + (place < 0 ? USES.length : place)
}

function distinct(names: readonly HumanName[]): HumanName[] {
  const known = new Set<string>()
  return names.filter((name) => {
    const key = keyOf(name)
    return !known.has(key) && known.add(key)
  })
}

/** The same name may be told with several uses. */
function keyOf({ text, given, family }: HumanName): string {
  return JSON.stringify([text, given, family]).toLowerCase()
}
