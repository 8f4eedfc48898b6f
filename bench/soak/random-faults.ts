import { setTimeout as wait } from 'node:timers/promises'
import { changingSections } from '../../test/journeys/failure/changed-records.ts'
import type { Fault, FaultyProxy } from '../../test/support/faulty-proxy.ts'
import { pick } from './pick.ts'

/** What is switched on at random: everything that a source has been seen to do. */
const FAULTS: readonly Fault[] = [
  'hang',
  'reset',
  'refuse',
  'half',
  'garbage',
  'flap',
  'trickle',
  { delayMs: 500 },
  { answer: (answer) => answer.slice(0, -10) },
  {
    answer: (answer) =>
      answer.replaceAll(/"lcr_lcr_nhsNumber":"\d+"/g, '"lcr_lcr_nhsNumber":"9990000999"'),
  },
  { answer: () => '{"data":null,"errors":[{"message":"SOAKLEAK select * from item"}]}' },
  { answer: () => '{"data":{"_entities":[null]}}' },
  { status: 503, page: '<html>SOAKLEAK</html>' },
  { answer: (answer) => answer.replaceAll('"status":"HAS_ENTRIES"', '"status":7') },
  changingSections((section) => ({ ...section, status: 'NOTHING_RECORDED' })),
  changingSections(({ nodes, lcr_edges: edges, ...rest }) => ({
    ...rest,
    nodes: nodes.toReversed(),
    lcr_edges: edges.toReversed(),
  })),
  { answer: (answer) => `${answer.slice(0, -1)},"extensions":"${'x'.repeat(12 * 1024 * 1024)}"}` },
]

/** Longer than a source that is well again may still be left alone. */
const OVER_AFTER_MS = 15_000

/** Switches faults of random sources on and off. */
export class RandomFaults {
  readonly #proxies: ReadonlyMap<string, FaultyProxy>
  readonly #endedAt = new Map<string, number>()
  readonly #faulty = new Set<string>()
  #isOver = false
  #count = 0

  constructor(proxies: ReadonlyMap<string, FaultyProxy>) {
    this.#proxies = proxies
  }

  /** How many faults there have been. */
  get count(): number {
    return this.#count
  }

  /** True for a source that has a fault, or had one when a request that began then was under way. */
  mayFail(code: string, since: number): boolean {
    const ended = this.#endedAt.get(code)
    return this.#faulty.has(code) || (ended !== undefined && ended + OVER_AFTER_MS > since)
  }

  /** Goes on until `end`: at any time up to three sources have a fault. */
  async run(): Promise<void> {
    await Promise.all([0, 1, 2].map(() => this.#runOne()))
  }

  end(): void {
    this.#isOver = true
  }

  async #runOne(): Promise<void> {
    while (!this.#isOver) {
      await wait(Math.random() * 8000)
      const code = pick([...this.#proxies.keys()])
      const proxy = this.#proxies.get(code)
      if (!proxy || this.#faulty.has(code)) continue
      this.#faulty.add(code)
      this.#count += 1
      await proxy.setFault(pick(FAULTS))
      await wait(500 + Math.random() * 4000)
      await proxy.setFault('none')
      this.#faulty.delete(code)
      this.#endedAt.set(code, performance.now())
    }
  }
}
