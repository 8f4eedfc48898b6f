import { beforeEach, describe, expect, it } from 'vitest'
import { AdaptiveLimit } from '../../../gateway/limits/adaptive-limit.ts'

const WINDOW_MS = 500

let now = 0
let limit: AdaptiveLimit

beforeEach(() => {
  now = 0
  limit = limitOf({ most: 500 })
})

function limitOf({ most }: { most: number }): AdaptiveLimit {
  return new AdaptiveLimit({ most, maxWaitMs: 100, now: () => now })
}

/** Takes requests on until no more are taken, and gives how many that are. */
function fill(one = limit): number {
  let count = 0
  for (; !one.isReached; count += 1) one.enter()
  return count
}

/** How many are taken at once, when none is under way. */
function room(one = limit): number {
  const count = fill(one)
  for (let left = 0; left < count; left += 1) one.leave()
  return count
}

/** A window in which so many requests are under way, and each of some waits so long. */
function window(waits: readonly number[], underway: number): void {
  for (let one = 0; one < underway; one += 1) limit.enter()
  for (const [place, ms] of waits.entries()) {
    // The last one ends the window.
    if (place === waits.length - 1) now += WINDOW_MS
    limit.waited(ms)
  }
  for (let one = 0; one < underway; one += 1) limit.leave()
}

const times = (count: number, ms: number) => Array.from({ length: count }, () => ms)

describe('The limit of requests at once', () => {
  it('is sixty-four at first, and never more than is allowed', () => {
    expect(room()).toBe(64)
    expect(room(limitOf({ most: 5 }))).toBe(5)
  })

  it('gives a place back when an answer has left', () => {
    fill()
    limit.leave()
    expect(limit.isReached).toBe(false)
    limit.enter()
    expect(limit.isReached).toBe(true)
  })

  it('grows with every request that hardly waits, while it is in use', () => {
    window(times(10, 5), 60)
    expect(room()).toBe(74)
  })

  it('grows slowly with requests that wait, but not too long', () => {
    window(times(10, 80), 60)
    expect(room()).toBe(66)
  })

  it('does not grow while half of it is free, nor beyond what is allowed', () => {
    window(times(100, 1), 32)
    expect(room()).toBe(64)
    limit = limitOf({ most: 40 })
    window(times(100, 1), 30)
    expect(room()).toBe(40)
  })

  it('shrinks by a quarter of what was under way when everybody waited too long', () => {
    window(times(8, 101), 32)
    window(times(8, 400), 24)
    expect(room()).toBe(18)
  })

  it('stays when one of them did not wait too long: a burst that passes is no overload', () => {
    window([...times(20, 900), 100, 900], 30)
    expect(room()).toBe(64)
  })

  it('stays when there were few: a pause is no overload', () => {
    window(times(7, 5000), 32)
    expect(room()).toBe(64)
  })

  it('never falls below eight, or below what is allowed where that is less', () => {
    for (let round = 0; round < 20; round += 1) window(times(8, 9000), 32)
    expect(room()).toBe(8)
    limit = limitOf({ most: 3 })
    for (let round = 0; round < 20; round += 1) window(times(8, 9000), 3)
    expect(room()).toBe(3)
  })

  it('recovers by itself once nobody waits any more', () => {
    for (let round = 0; round < 20; round += 1) window(times(8, 9000), 32)
    for (let round = 0; round < 10; round += 1) window(times(10, 5), 100)
    expect(room()).toBe(108)
  })

  it('makes room for sources that are slow: nobody waits for the process then', () => {
    for (let one = 0; one < 300; one += 1) {
      expect(limit.isReached).toBe(false)
      limit.enter()
      limit.waited(6)
      now += 5
    }
  })

  it('forgets what was needed once, down to where it began', () => {
    window(times(200, 5), 200)
    // Those of the window before are still under way when this one begins.
    window([5], 10)
    window([5], 10)
    expect(room()).toBe(198)
    for (let round = 0; round < 20; round += 1) window([5], 10)
    expect(room()).toBe(64)
  })
})
