import { type DocumentNode, parse } from 'graphql'
import type { UsedOperation } from '../used-operation.ts'
import { type CheckName, type CheckResult, isPassed, resultOf, skippedResult } from './check.ts'
import type { Candidate, Publication } from './publication.ts'
import { checkComposes } from './schema/composes.ts'
import { checkContract } from './schema/implements-contract.ts'
import { checkOperations } from './schema/keeps-operations.ts'
import { loadSupergraph } from './schema/load-supergraph.ts'
import { checkNamespace } from './schema/namespace.ts'
import { checkParses } from './schema/parses.ts'
import { checkParticipation } from './schema/participation.ts'
import { checkPlans } from './schema/plans-within-budget.ts'

/** What a schema is checked against: data alone, so that it can be done in another thread. */
export interface SchemaInput {
  readonly publication: Publication
  /** All other members; an older version of the same participant among them does not count. */
  readonly others: readonly Publication[]
  /** `subgraphs/contract.graphql` */
  readonly contractSdl: string
  /** The supergraph in force; null when there is none. */
  readonly inForce: string | null
  /** The operations that may not break. */
  readonly usedOperations: readonly UsedOperation[]
}

/** What the checks said, and the supergraph that it would be. */
export interface SchemaVerdict {
  readonly results: readonly CheckResult[]
  /** Null when it does not compose. */
  readonly supergraphSdl: string | null
}

/**
 * Makes every check of a published schema, as far as each can be made. It takes seconds and blocks: a
 * server makes it in a thread of its own, and gives that thread an end.
 */
export function checkSchema(input: SchemaInput): SchemaVerdict {
  const { publication, others, contractSdl } = input
  const { findings, document } = checkParses(publication.sdl)
  const parses = resultOf('parses', findings)
  if (!document) return { results: [parses, ...skipAll()], supergraphSdl: null }
  const contract: DocumentNode = parse(contractSdl, { noLocation: true })
  const candidate: Candidate = { publication, document, others, contract }
  const results = [
    parses,
    resultOf('implements-contract', checkContract(candidate)),
    resultOf('participation', checkParticipation(publication.participant, document)),
    resultOf('namespace', checkNamespace(candidate)),
  ]
  const composed = checkComposes(candidate)
  const { supergraphSdl } = composed
  results.push(resultOf('composes', composed.findings))
  if (supergraphSdl === null) return { results: [...results, ...skipAll(AFTER)], supergraphSdl }
  results.push(keepsOperations(input, supergraphSdl, isPassed(results)))
  results.push(
    isPassed(results)
      ? plansWithinBudget(input, supergraphSdl)
      : skippedResult('plans-within-budget', 'Mend the other problems first.'),
  )
  return { results, supergraphSdl }
}

const AFTER = ['keeps-operations', 'plans-within-budget'] as const satisfies readonly CheckName[]

function skipAll(checks?: typeof AFTER): CheckResult[] {
  if (checks) return checks.map((check) => skippedResult(check, 'The schema does not compose.'))
  const others = [
    'implements-contract',
    'participation',
    'namespace',
    'composes',
    ...AFTER,
  ] as const
  return others.map((check) => skippedResult(check, 'The schema does not parse.'))
}

function keepsOperations(
  { inForce, usedOperations }: SchemaInput,
  supergraphSdl: string,
  isSound: boolean,
): CheckResult {
  if (inForce === null) {
    return skippedResult('keeps-operations', 'There is no supergraph in force to compare with.')
  }
  const next = publicSchemaOf(supergraphSdl)
  // Without the contract there may be no merged record; what is wrong with it is told already.
  if (!next && !isSound) {
    return skippedResult('keeps-operations', 'Mend what is missing of the contract first.')
  }
  if (!next) throw new Error('A sound supergraph without a public schema')
  const now = loadSupergraph(inForce).publicSchema
  const { findings, notes } = checkOperations({ now, next }, usedOperations)
  return resultOf('keeps-operations', findings, notes)
}

function publicSchemaOf(supergraphSdl: string) {
  try {
    return loadSupergraph(supergraphSdl).publicSchema
  } catch {
    return null
  }
}

function plansWithinBudget(input: SchemaInput, supergraphSdl: string): CheckResult {
  const { publication, inForce, usedOperations: used } = input
  const { code } = publication.participant
  return resultOf('plans-within-budget', checkPlans({ code, supergraphSdl, inForce, used }))
}
