import { isObject } from '../../record/section-source.ts'

/** An object that is being put together of what several calls bring. */
export type Growing = Record<string, unknown>

/**
 * Puts what a call brought into an object. Both may have parts of the same inner object: those are put
 * together, in lists of equal length place by place. Anything else is taken over as it is.
 */
export function mergeInto(target: Growing, brought: Growing): void {
  for (const key of Object.keys(brought)) {
    const value = brought[key]
    if (value === undefined) continue
    const there = Object.hasOwn(target, key) ? target[key] : undefined
    if (isObject(there) && isObject(value)) mergeInto(there as Growing, value as Growing)
    else if (areAlike(there, value)) mergeLists(there as unknown[], value as readonly unknown[])
    else target[key] = value
  }
}

function areAlike(one: unknown, other: unknown): boolean {
  return Array.isArray(one) && Array.isArray(other) && one.length === other.length
}

function mergeLists(target: unknown[], brought: readonly unknown[]): void {
  for (const [index, value] of brought.entries()) {
    const there = target[index]
    if (isObject(there) && isObject(value)) mergeInto(there as Growing, value as Growing)
    else target[index] = value
  }
}
