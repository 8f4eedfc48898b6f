/** Puts words in the place of a template's `{{word}}`. */
export function fillIn(template: string, words: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => {
    const value = words[word]
    if (value === undefined) throw new Error(`A template asks for an unknown word: ${word}`)
    return value
  })
}

/** The same within the strings of JSON. */
export function fillInJson(template: string, words: Readonly<Record<string, string>>): string {
  const escaped = Object.entries(words).map(
    ([word, value]) => [word, JSON.stringify(value).slice(1, -1)] as const,
  )
  return fillIn(template, Object.fromEntries(escaped))
}
