import { isObject } from '../../record/section-source.ts'
import type { Growing } from './merge-data.ts'
import type { Path } from './shape-data.ts'

/** An object of the answer that is being made, and where it stands. */
export interface Placed {
  readonly object: Growing
  readonly path: Path
}

/** The objects that a part of a plan is about. */
export interface Place {
  /** As the plan says it: `@` stands for every place of a list. */
  readonly path: Path
  readonly objects: readonly Placed[]
}

/** One part of a plan further inside. */
export function within({ path, objects }: Place, steps: Path): Place {
  let found: readonly { readonly value: unknown; readonly path: Path }[] = objects.map((one) => ({
    value: one.object,
    path: one.path,
  }))
  for (const step of steps) {
    found = found.flatMap(({ value, path: at }) => {
      if (step === '@') {
        const list: readonly unknown[] = Array.isArray(value) ? value : []
        return list.map((one, index) => ({ value: one, path: [...at, index] }))
      }
      if (!isObject(value) || !Object.hasOwn(value, step)) return []
      return [{ value: value[step], path: [...at, step] }]
    })
  }
  return {
    path: [...path, ...steps],
    objects: found.flatMap(({ value, path: at }) =>
      isObject(value) ? [{ object: value as Growing, path: at }] : [],
    ),
  }
}
