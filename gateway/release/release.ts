import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { GraphQLSchema } from 'graphql'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { PipelineAnswer } from '../answer.ts'
import type { Graph } from '../graph.ts'
import type { Pipeline, PipelineRequest } from '../pipeline.ts'
import type { Version } from '../registry/version.ts'

/** One version of the supergraph as it is answered from, until the last of its requests is over. */
export class Release {
  readonly version: Version
  /** In the order of their codes. */
  readonly participants: readonly Participant[]
  readonly #graph: Graph
  readonly #pipeline: Pipeline
  #underWay = 0
  #whenIdle: (() => void) | undefined

  constructor(made: {
    readonly version: Version
    readonly participants: readonly Participant[]
    readonly graph: Graph
    readonly pipeline: Pipeline
  }) {
    this.version = made.version
    this.participants = made.participants
    this.#graph = made.graph
    this.#pipeline = made.pipeline
  }

  /** What clients see. */
  get schema(): GraphQLSchema {
    return this.#graph.schema
  }

  get supergraphSdl(): string {
    return this.#graph.supergraphSdl
  }

  async answer(request: PipelineRequest): Promise<PipelineAnswer> {
    this.#underWay += 1
    try {
      return await this.#pipeline.answer(request)
    } finally {
      this.#underWay -= 1
      if (this.#underWay === 0) this.#whenIdle?.()
    }
  }

  /**
   * Plans what another release was asked lately, the last first, as far as the time goes. Requests are
   * answered in between; what this release's schema does not have is left out.
   *
   * @returns how many operations
   */
  async warm(before: Release, withinMs: number): Promise<number> {
    const endsAt = performance.now() + withinMs
    let warmed = 0
    for (const operation of before.#pipeline.planning.recent()) {
      if (performance.now() > endsAt) break
      await nextTurn()
      warmed += await this.#pipeline.planning.prepare(operation).then(
        () => 1,
        () => 0,
      )
    }
    return warmed
  }

  /**
   * Ends once its last request is answered. It answers until then, also what was read before and
   * reaches it late.
   *
   * @param withinMs an answer that takes longer is given up
   */
  async retire(withinMs: number): Promise<void> {
    await wait(Math.min(LATE_MS, withinMs))
    if (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, withinMs)
        this.#whenIdle = () => {
          clearTimeout(late)
          resolve()
        }
      })
    }
    await this.close()
  }

  /** Ends now. */
  async close(): Promise<void> {
    await this.#graph.executor.close()
  }
}

/** Longer than a request is read and validated. */
const LATE_MS = 1000
