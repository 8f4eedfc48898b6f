import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CallerRates } from '../../../gateway/limits/caller-rates.ts'
import type { CountedRefusals } from '../../../gateway/limits/refusal-counts.ts'
import { type Who, whoAsks } from '../../../gateway/limits/who.ts'

const MINUTE = 60_000

let counted: CountedRefusals[]

beforeEach(() => {
  vi.useFakeTimers()
  counted = []
})

afterEach(() => {
  vi.useRealTimers()
})

const ratesOf = (given: { operationsPerMinute?: number; mostCallers?: number }) =>
  new CallerRates({
    operationsPerMinute: 3,
    patientsPerMinute: 10,
    ...given,
    onCounted: (one) => counted.push(one),
  })

const person = (userId: string, odsCode = 'RJZ') =>
  whoAsks({ caller: { userId, odsCode } } as Parameters<typeof whoAsks>[0], '192.0.2.1')
const address = (text: string) => whoAsks({ problem: 'MISSING' }, text)

async function send(rates: CallerRates, who: Who, times: number): Promise<string[]> {
  const answers: string[] = []
  for (let n = 1; n <= times; n += 1) {
    const refusal = await rates.refuseOperation(who, `request-${n}`)
    answers.push(refusal === null ? 'yes' : refusal.isEvent ? 'event' : 'counted')
  }
  return answers
}

describe('operations', () => {
  it('are refused beyond the limit until the minute is over, and told when to ask again', async () => {
    const rates = ratesOf({})
    expect(await send(rates, person('1'), 3)).toEqual(['yes', 'yes', 'yes'])
    vi.advanceTimersByTime(MINUTE - 1500)
    expect(await rates.refuseOperation(person('1'), 'r')).toEqual({
      retryAfterSeconds: 2,
      isEvent: true,
    })
    vi.advanceTimersByTime(1600)
    expect(await rates.refuseOperation(person('1'), 'r')).toBeNull()
  })

  it('are counted for each person at each organisation, and each address where nobody is known', async () => {
    const rates = ratesOf({ operationsPerMinute: 1 })
    for (const who of [person('1'), person('2'), person('1', 'R1H'), address('192.0.2.1')]) {
      expect(await send(rates, who, 2)).toEqual(['yes', 'event'])
    }
    expect(await send(rates, person('1'), 1)).toEqual(['counted'])
  })

  it('of whoever has a network of IPv6 are counted together', async () => {
    const rates = ratesOf({ operationsPerMinute: 1 })
    expect(await send(rates, address('2001:db8:1:2::3'), 1)).toEqual(['yes'])
    expect(await send(rates, address('2001:db8:1:2:ffff:0:0:9'), 1)).toEqual(['event'])
    expect(await send(rates, address('2001:db8:1:3::3'), 1)).toEqual(['yes'])
    expect(address('::1').key).toBe('0:0:0:0')
    expect(address('::ffff:192.0.2.7').key).toBe('::ffff:192.0.2.7')
    expect(address('fe80::1%eth0').key).toBe('fe80:0:0:0')
  })
})

describe('patients', () => {
  it('beyond the limit are refused, those asked about before are not', async () => {
    const rates = ratesOf({})
    const ask = (...patients: string[]) => rates.refusePatients(person('1'), patients, 'r')
    expect(await ask('a', 'b', 'c', 'd', 'e', 'f')).toBeNull()
    expect(await ask('a', 'b', 'c', 'd', 'e', 'f')).toBeNull()
    expect(await ask('g', 'h', 'i', 'j', 'k')).toMatchObject({ isEvent: true })
    expect(await ask('g', 'h', 'i', 'j')).toBeNull()
    expect(await ask('k')).toMatchObject({ isEvent: false })
    expect(await ask('j', 'a')).toBeNull()
    expect(await rates.refusePatients(person('2'), ['k'], 'r')).toBeNull()
    vi.advanceTimersByTime(MINUTE)
    expect(await ask('k')).toBeNull()
  })

  it('are not counted for an operation that is about none', async () => {
    expect(await ratesOf({}).refusePatients(person('1'), [], 'r')).toBeNull()
  })
})

describe('refusals of a caller who hammers', () => {
  it('are one event a minute and a number, not an event each', async () => {
    const rates = ratesOf({ operationsPerMinute: 1 })
    const answers = await send(rates, person('1'), 1000)
    expect(answers.slice(0, 3)).toEqual(['yes', 'event', 'counted'])
    expect(answers.filter((answer) => answer === 'event')).toHaveLength(1)
    expect(counted).toEqual([])
    vi.advanceTimersByTime(MINUTE)
    expect(counted).toEqual([
      { requestId: 'request-2', userId: '1', odsCode: 'RJZ', refusals: 998 },
    ])
    expect(await send(rates, person('1'), 2)).toEqual(['yes', 'event'])
    vi.advanceTimersByTime(MINUTE)
    expect(counted).toHaveLength(1)
  })

  it('are told of when the gateway ends within the minute', async () => {
    const rates = ratesOf({ operationsPerMinute: 1 })
    await send(rates, address('192.0.2.1'), 4)
    rates.close()
    expect(counted).toEqual([{ requestId: 'request-2', userId: null, odsCode: null, refusals: 2 }])
  })
})

describe('callers without number', () => {
  it('share one count beyond the most that are kept, and nothing is kept after their minute', async () => {
    const rates = ratesOf({ operationsPerMinute: 1, mostCallers: 50 })
    for (let n = 1; n <= 500; n += 1) await rates.refuseOperation(address(`198.51.100.${n}`), 'r')
    expect(await send(rates, address('192.0.2.1'), 1)).toEqual(['counted'])
    expect(await send(rates, address('198.51.100.1'), 1)).toEqual(['event'])
    expect(vi.getTimerCount()).toBeLessThan(3 * 51)
    vi.advanceTimersByTime(MINUTE)
    expect(vi.getTimerCount()).toBe(0)
    expect(await send(rates, address('192.0.2.1'), 1)).toEqual(['yes'])
  })
})
