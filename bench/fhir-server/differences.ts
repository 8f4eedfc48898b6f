import { isDeepStrictEqual } from 'node:util'

/** The paths at which two values differ, without the positions in lists and without the values. */
export function differencesOf(one: unknown, other: unknown, path: string): string[] {
  if (isDeepStrictEqual(one, other)) return []
  if (!isObject(one) || !isObject(other)) return [path]
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  const found = names.flatMap((name) =>
    differencesOf(one[name], other[name], Array.isArray(one) ? path : `${path}.${name}`),
  )
  return [...new Set(found)]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
