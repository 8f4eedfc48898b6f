/** Calls back for every object inside a JSON value, with the path of keys that leads to it. */
export function walk(
  value: unknown,
  visit: (object: Record<string, unknown>, path: string) => void,
  path = '',
): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, visit, path)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const object = value as Record<string, unknown>
  visit(object, path)
  for (const [key, each] of Object.entries(object)) walk(each, visit, `${path}.${key}`)
}

/** Every FHIR date or instant inside a JSON value, with the path of keys that leads to it. */
export function datesIn(value: unknown): { path: string; date: string }[] {
  const found: { path: string; date: string }[] = []
  walk(value, (object, path) => {
    for (const [key, each] of Object.entries(object)) {
      if (typeof each === 'string' && /^\d{4}-\d\d-\d\d(T|$)/.test(each)) {
        found.push({ path: `${path}.${key}`, date: each })
      }
    }
  })
  return found
}
