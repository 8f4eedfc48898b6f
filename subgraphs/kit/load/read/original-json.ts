/**
 * The JSON to keep of a resource: as it was written, without white space between its parts.
 * Written anew it would lose the precision of its decimals (`5.0` is not `5` to a laboratory).
 *
 * @param written the resource, or the Bundle entry around it, as it came
 * @param canonical the resource after reading and writing it once
 */
export function originalJson(written: string, canonical: string): string {
  if (written === canonical) return canonical
  const member = written.indexOf(MEMBER)
  if (member >= 0 && written.startsWith(canonical, member + MEMBER.length)) return canonical
  const own = memberOf(written, 'resource')
  return withoutSpaces(own?.startsWith('{') ? own : written)
}

const MEMBER = '"resource":'

/** The last value that an object has under a name, as it is written there; null when it has none. */
function memberOf(object: string, name: string): string | null {
  let depth = 0
  let key = ''
  let from = -1
  let found: string | null = null
  for (let at = 0; at < object.length; at++) {
    const character = object[at]
    if (character === '"') {
      const end = endOfString(object, at)
      if (depth === 1 && from < 0) key = object.slice(at + 1, end)
      at = end
    } else if (character === ':' && depth === 1) from = at + 1
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    const isEnd = (character === ',' && depth === 1) || (character === '}' && depth === 0)
    if (!isEnd || from < 0) continue
    if (key === name) found = object.slice(from, at).trim()
    from = -1
  }
  return found
}

function endOfString(json: string, from: number): number {
  for (let at = json.indexOf('"', from + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let escapes = 0
    while (json[at - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return at
  }
  return json.length
}

/** By hand: on a document of megabytes a regular expression for strings runs out of stack. */
function withoutSpaces(json: string): string {
  let kept = ''
  let from = 0
  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at)
    if (character === 0x22) at = endOfString(json, at)
    else if (character <= 0x20) {
      kept += json.slice(from, at)
      from = at + 1
    }
  }
  return kept + json.slice(from)
}
