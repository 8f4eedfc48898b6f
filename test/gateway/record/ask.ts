import { type DocumentNode, type ExecutionResult, parse, specifiedRules, validate } from 'graphql'
import { mapErrors } from '../../../gateway/record/errors.ts'
import { mergeRecords } from '../../../gateway/record/merge.ts'
import { sourceVariables } from '../../../gateway/record/pages.ts'
import { patientsIn } from '../../../gateway/record/patients.ts'
import { extendWithMergedRecord } from '../../../gateway/record/public-schema.ts'
import { type RewrittenOperation, rewriteOperation } from '../../../gateway/record/rewrite.ts'
import type { SourceAnswer, SourceOutcome } from '../../../gateway/record/sources.ts'
import { createScreen } from '../../../gateway/screen/create-screen.ts'
import type { ExclusionLists } from '../../../subgraphs/kit/exclusions/exclusion-lists.ts'
import { contractSchema } from './contract-schema.ts'
import { executeFederated, type SamplePatient } from './federated.ts'
import { executeReference } from './reference.ts'

export const apiSchema = contractSchema()
export const publicSchema = extendWithMergedRecord(apiSchema)

export interface Question {
  readonly document: string | DocumentNode
  readonly operationName?: string
  readonly variables?: Record<string, unknown>
  readonly patients: readonly SamplePatient[]
  /** What is never shared, looked through before merging; nothing when left out. */
  readonly lists?: ExclusionLists
}

/** The answer by the way that the gateway goes: rewritten, executed over sources, merged. */
export function ask(question: Question): ExecutionResult {
  const { document, patients, variables = {} } = question
  const rewritten = rewriteOperation(publicSchema, read(document), {
    operationName: question.operationName,
    variables,
  })
  return askRewritten(rewritten, variables, patients, question.lists)
}

/** An answer under the sources' own ids, for a test that is about something else than ids. */
export function withSourceIds<Answer>(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer).replaceAll(/~[\w-]{16}(?=")/g, '')) as Answer
}

/** The same for an operation that was rewritten before. */
export function askRewritten(
  rewritten: RewrittenOperation,
  variables: Record<string, unknown>,
  patients: readonly SamplePatient[],
  lists?: ExclusionLists,
): ExecutionResult {
  requireValid(rewritten)
  const federated: ExecutionResult = rewritten.isLocal
    ? { data: {} }
    : executeFederated({
        schema: apiSchema,
        document: rewritten.document,
        variables: sourceVariables(rewritten, variables),
        patients,
      })
  const given = JSON.stringify(federated.data)
  const screen = lists && createScreen({ lists, onExcluded() {} })
  const unscreened = federated.data ?? null
  const data = screen ? screen(rewritten, unscreened, variables) : unscreened
  const sources = new Map(
    patientsIn(rewritten, data, variables).map(({ path, records }) => {
      const patient = patients.find(({ nhsNumber }) => nhsNumber === records[0]?.nhsNumber)
      return [path, patient ? sourceList(patient) : []] as const
    }),
  )
  const merged = mergeRecords({ rewritten, data, variables, sources })
  if (JSON.stringify(federated.data) !== given) throw new Error('Merging changed what it was given')
  const errors = mapErrors(federated.errors ?? [], { data, sources })
  return { data: merged as ExecutionResult['data'] & object, ...(errors.length > 0 && { errors }) }
}

const valid = new WeakSet<RewrittenOperation>()

function requireValid(rewritten: RewrittenOperation): void {
  if (valid.has(rewritten)) return
  const mistakes = validate(apiSchema, rewritten.document, specifiedRules)
  if (mistakes.length > 0) throw new Error(`${mistakes.join('\n')}\n${rewritten.text}`)
  valid.add(rewritten)
}

/** The answer by the plain reference. */
export function askReference(question: Question): ExecutionResult {
  const { document, patients, variables = {}, operationName } = question
  return executeReference({
    publicSchema,
    document: read(document),
    operationName,
    variables,
    patients,
    sourceList,
  })
}

/** What came of asking each of four participants about a patient. */
function sourceList({ sources }: SamplePatient): SourceAnswer[] {
  return (['nel', 'sel', 'swl', 'hpft'] as const).map((code) => {
    const source = sources.find((one) => one.code === code)
    const outcome: SourceOutcome =
      code === 'hpft'
        ? 'NOT_A_CONTRIBUTOR'
        : source
          ? source.fails.has('all')
            ? 'TIMED_OUT'
            : 'ANSWERED'
          : 'NO_RECORD'
    return {
      participant: {
        code,
        name: `Participant ${code}`,
        kind: code === 'hpft' ? 'TRUST' : 'REGIONAL_HIE',
      },
      outcome,
      asOf: source?.asOf ?? null,
      latencyMs: source ? 12 : null,
      notShared: [],
    }
  })
}

function read(document: string | DocumentNode): DocumentNode {
  return typeof document === 'string' ? parse(document) : document
}
