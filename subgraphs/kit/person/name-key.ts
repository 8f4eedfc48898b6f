import anyAscii from 'any-ascii'

/**
 * A name as it is compared everywhere: letters as people type them on any keyboard, without case,
 * accents, apostrophes, hyphens and spaces, so that `O’Neill` is `oneill`, `Pawłowska` is `pawlowska` and
 * `Großmann` is `grossmann`. Null when no letter is left. Letters are folded by any-ascii, which is made
 * from Unicode's own tables; a script that it does not know stays as it is.
 */
export function toNameKey(name: string): string | null {
  const letters = name.replace(/[^\p{L}\p{M}]/gu, '')
  const folded = anyAscii(letters)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  const key = folded === '' ? letters.normalize('NFKD').toLowerCase() : folded
  return key.replace(/\p{M}/gu, '') === '' ? null : key
}

/** A name's key, and the one by which it is known where a letter is written as two: `Müller`, `Mueller`. */
export function toNameKeys(name: string): string[] {
  const widened = [...name.normalize('NFC')].map(widen).join('')
  return [...new Set([name, widened].flatMap((one) => toNameKey(one) ?? []))]
}

/** Unicode's orders (CLDR) in which a letter is the same as two: ü as ue, å as aa, ø as ö. */
const GERMAN = new Intl.Collator('de-u-co-phonebk', { sensitivity: 'base' })
const DANISH = new Intl.Collator('da', { sensitivity: 'base' })

const LATIN = [...'abcdefghijklmnopqrstuvwxyz']

const widened = new Map<string, string>()

/** The two letters as which one is also written; the letter itself where there are none. */
function widen(letter: string): string {
  if (letter.length > 1 || letter < '\u0080') return letter
  const known = widened.get(letter) ?? findTwo(letter) ?? letter
  widened.set(letter, known)
  return known
}

function findTwo(letter: string): string | undefined {
  const base = toNameKey(letter)
  if (base?.length !== 1) return undefined
  const umlaut = `${base}\u0308`.normalize('NFC')
  const forms = DANISH.compare(letter, umlaut) === 0 ? [letter, umlaut] : [letter]
  return LATIN.map((second) => `${base}${second}`).find((two) =>
    forms.some((form) => GERMAN.compare(form, two) === 0 || DANISH.compare(form, two) === 0),
  )
}
