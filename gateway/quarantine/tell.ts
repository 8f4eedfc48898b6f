import { sourceError } from '../federation/source-errors.ts'
import type { Verdict } from './check-entity.ts'
import type { Finding } from './finding.ts'
import type { SourceError } from './own-errors.ts'

/** What is let through of an entity, and what is told of the rest. */
export interface Told {
  readonly entity: Record<string, unknown> | null
  readonly errors: readonly SourceError[]
  readonly findings: readonly Pick<Finding, 'problem' | 'where'>[]
}

/**
 * Tells what came of an entity, with errors at the places where something is missing.
 *
 * @param at where the entity stands in the source's answer
 */
export function tell(verdict: Verdict, at: readonly (string | number)[], source: string): Told {
  const path = at.length > 0 ? at : undefined
  switch (verdict.kind) {
    case 'QUARANTINED': {
      const errors = [sourceError(source, 'SOURCE_QUARANTINED', path)]
      return { entity: null, errors, findings: [{ problem: verdict.problem }] }
    }
    case 'INVALID': {
      const errors = [sourceError(source, 'SOURCE_INVALID', path)]
      return { entity: null, errors, findings: [notOfTheContract(verdict.where)] }
    }
    case 'FAILED':
      return { entity: null, errors: placed(verdict.errors, path), findings: [] }
    case 'SOUND': {
      const errors = verdict.cuts.flatMap((cut) => {
        const inside = [...at, cut.part.key]
        return 'where' in cut
          ? [sourceError(source, 'SOURCE_INVALID', inside)]
          : placed(cut.errors, inside)
      })
      const findings = verdict.cuts.flatMap((cut) =>
        'where' in cut ? [notOfTheContract(cut.where)] : [],
      )
      if (!verdict.isUnconfirmed) return { entity: verdict.entity, errors, findings }
      const unconfirmed = sourceError(source, 'SOURCE_UNCONFIRMED', path)
      return { entity: verdict.entity, errors: [unconfirmed, ...errors], findings }
    }
  }
}

function notOfTheContract(where: string): Pick<Finding, 'problem' | 'where'> {
  return { problem: 'NOT_OF_THE_CONTRACT', where }
}

/** The source's own errors at a place of our own finding: a path could hold the source's words. */
function placed(
  errors: readonly SourceError[],
  path: readonly (string | number)[] | undefined,
): SourceError[] {
  return errors.map(({ message, extensions }) => ({
    message,
    extensions,
    ...(path && { path: [...path] }),
  }))
}
