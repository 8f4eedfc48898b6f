/** Puts something else in a text; the text must have it. */
export function instead(from: string, to: string): (sdl: string) => string {
  return (sdl) => {
    if (!sdl.includes(from)) throw new Error(`The schema has no '${from}'`)
    return sdl.replace(from, () => to)
  }
}

/** Puts something behind all that is there. */
export function also(more: string): (sdl: string) => string {
  return (sdl) => `${sdl}\n${more}\n`
}

export const NEL_RECORD = 'type NelRecord implements CareRecord @key(fields: "nhsNumber server") {'

export const inNelRecord = (field: string) => instead(NEL_RECORD, `${NEL_RECORD}\n  ${field}`)

export const AS_OF = `"When anything in this source's record of the patient last changed."\n  asOf: DateTime`

/** Removes a field of an object type, with its description and arguments. */
export function without(type: string, field: string): (sdl: string) => string {
  return (sdl) => {
    const from = sdl.indexOf(`type ${type} `)
    const head = sdl.slice(0, from)
    const end = sdl.indexOf('\n}\n', from)
    const body = sdl.slice(from, end)
    const cut = body.replace(
      new RegExp(`\\n(  "[^\\n]*"|  """[^"]*""")\\n  ${field}(\\(\\n[\\s\\S]*?\\n  \\))?:[^\\n]*`),
      '',
    )
    if (from < 0 || cut === body) throw new Error(`The schema has no ${type}.${field}`)
    return head + cut + sdl.slice(end)
  }
}

export const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@inaccessible"])'

export const importing = (name: string) =>
  instead('"@inaccessible"]', `"@inaccessible", "${name}"]`)

export const both =
  (...changes: readonly ((sdl: string) => string)[]) =>
  (sdl: string) =>
    changes.reduce((text, change) => change(text), sdl)
