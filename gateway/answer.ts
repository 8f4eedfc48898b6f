import type { GraphQLError } from 'graphql'
import { showDenials } from './access/denials.ts'
import type { ReadOperation } from './operation/read-operation.ts'
import { type MergeInput, mergeRecords } from './record/merge.ts'
import type { RewrittenOperation } from './record/rewrite.ts'
import type { SourceAnswer } from './record/sources.ts'
import { NOTICE } from './screen/notice.ts'
import { sourcesExtension } from './sources.ts'

/** An answer as a client gets it. */
export interface PipelineAnswer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLError[]
  readonly extensions?: Record<string, unknown>
}

/**
 * The answer: one record of all that came, null and an error where a field was cut, and, about
 * patients, what every source did and the notice on exclusions.
 */
export function answerOf(made: {
  readonly plan: RewrittenOperation
  readonly read: ReadOperation
  /** What the supergraph answered and the screen left; `{}` for an operation that is local. */
  readonly data: Record<string, unknown> | null
  readonly sources?: ReadonlyMap<string, readonly SourceAnswer[]>
  readonly errors?: readonly GraphQLError[]
  readonly onTimeline?: NonNullable<MergeInput['onTimeline']>
}): PipelineAnswer {
  const { plan, read, data, sources = new Map(), errors = [] } = made
  const merged = mergeRecords({
    rewritten: plan,
    data,
    variables: read.variables,
    sources,
    ...(made.onTimeline && { onTimeline: made.onTimeline }),
  })
  const isWhole = merged === null || !plan.plan.mayLack
  const shown = isWhole ? { data: merged, errors: [] } : showDenials(merged)
  const all = [...shown.errors, ...errors]
  return {
    data: shown.data,
    ...(all.length > 0 && { errors: all }),
    ...(sources.size > 0 && {
      extensions: { sources: sourcesExtension(sources), notice: NOTICE },
    }),
  }
}
