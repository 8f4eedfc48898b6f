import { toNameKey, toNameKeys } from '../kit/person/name-key.ts'

/** The contract's `HumanName`, as far as people are searched for by it. */
export interface SearchedName {
  readonly text?: string | null | undefined
  readonly prefix?: readonly string[] | null | undefined
  readonly given?: readonly string[] | null | undefined
  readonly family?: string | null | undefined
}

/** The keys of family names: of each as a whole, and of each part that may stand for it. */
export interface NameKeys {
  readonly wholes: readonly string[]
  readonly parts: readonly string[]
}

/**
 * Words that only lead on to a name, in the tongues of those who live here: with them alone nobody is
 * found, or everybody. As a whole name, and at its end, each is a name like any other.
 */
const PARTICLES: ReadonlySet<string> = new Set(
  `a abu al ap ben bin bint binti da dal das de degli dei del della delle den der des di do dos du e el
  ibn la las le les lo los mac mc o te ten ter van vom von y zu zum zur`.split(/\s+/),
)

/** The keys of everybody's family names; of who has none, of the words by which they go instead. */
export function nameKeysOf(names: readonly SearchedName[]): NameKeys {
  return keysOf(names.flatMap((name) => familyOf(name) ?? []))
}

/** The keys of a family name that somebody searches for. */
export function searchedKeysOf(family: string): NameKeys {
  return keysOf([family])
}

function familyOf({ text, prefix, given, family }: SearchedName): string | null {
  if (family && toNameKey(family) !== null) return family
  if (given && given.length > 0) return given.join(' ')
  const titles = new Set(prefix)
  return (
    text
      ?.split(/\s+/)
      .filter((word) => !titles.has(word))
      .join(' ') ?? null
  )
}

function keysOf(families: readonly string[]): NameKeys {
  const all = families.map(partsOf)
  const wholes = all.flatMap(({ words, names }) => [
    ...toNameKeys(words.join('')),
    ...toNameKeys(names.map(({ name }) => name).join('')),
  ])
  const parts = all.flatMap(({ names }) =>
    names.flatMap(({ name, led }) => [...toNameKeys(name), ...toNameKeys(led)]),
  )
  return { wholes: [...new Set(wholes)], parts: [...new Set(parts)] }
}

/** A family name's words, and its names: each bare, and with the particles that lead to it. */
function partsOf(family: string) {
  const words = family.split(/[\s\p{Pd}/,]+/u).filter((word) => toNameKey(word) !== null)
  const names: { name: string; led: string }[] = []
  let leading = ''
  words.forEach((word, index) => {
    leading += word
    const isParticle = PARTICLES.has(toNameKey(word) ?? '')
    if (isParticle && index < words.length - 1) return
    names.push({ name: word, led: leading })
    leading = ''
  })
  return { words, names }
}
