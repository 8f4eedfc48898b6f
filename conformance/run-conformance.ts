import type { JWK } from 'jose'
import type { Participant } from '../subgraphs/kit/participant.ts'
import type { ConformanceGroup, ConformanceTest } from './conformance-test.ts'
import type { GroupResult, Report, TestResult } from './report.ts'
import { openSubject } from './subject/open-subject.ts'
import type { Subject } from './subject/subject.ts'
import { groups } from './tests/groups.ts'
import { failed, type Verdict } from './verdict.ts'

/** Which subgraph is tested, and with what. */
export interface ConformanceOptions {
  /** Its GraphQL endpoint. */
  readonly url: string
  readonly participant: Participant
  /** Signs the assertions: the subgraph trusts its public half. */
  readonly privateJwk: JWK
  /** Patients of whom it holds a record. */
  readonly nhsNumbers: readonly string[]
  /** A patient of whom it knows only what may never be shared. */
  readonly excluded?: string | undefined
  /** How long the gateway waits, in milliseconds; 2000 when left out. */
  readonly deadlineMs?: number | undefined
  /** Names of groups, or ids of tests, to run; all when left out. */
  readonly only?: readonly string[] | undefined
  /** Told of each test as it begins. */
  readonly onTest?: (test: ConformanceTest, place: number, of: number) => void
}

/**
 * Tests a running subgraph against the contract, as the gateway and the index would speak with it. One
 * test at a time; nothing is written.
 *
 * @throws {ConformanceProblem} when it cannot be tested at all
 */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const startedAt = performance.now()
  const { participant, only, onTest } = options
  const { subject, close } = await openSubject(options)
  try {
    const wanted = groups
      .map((group) => ({ ...group, tests: testsOf(group, subject, only) }))
      .filter(({ tests }) => tests.length > 0)
    const total = wanted.reduce((sum, { tests }) => sum + tests.length, 0)
    let place = 0
    const results: GroupResult[] = []
    for (const group of wanted) {
      const begin = (test: ConformanceTest) => onTest?.(test, ++place, total)
      results.push(await runGroup(group, subject, begin))
    }
    return {
      participant: participant.code,
      participation: participant.participation,
      groups: results,
      ms: Math.round(performance.now() - startedAt),
    }
  } finally {
    await close()
  }
}

function testsOf(
  { name, tests }: ConformanceGroup,
  { contributes }: Subject,
  only: readonly string[] | undefined,
): readonly ConformanceTest[] {
  const isWanted = ({ id }: ConformanceTest) => only?.some((one) => one === name || one === id)
  const applying = tests.filter(({ isAboutRecords = false }) => contributes || !isAboutRecords)
  return only ? applying.filter(isWanted) : applying
}

async function runGroup(
  { name, title, tests }: ConformanceGroup,
  subject: Subject,
  begin: (test: ConformanceTest) => void,
): Promise<GroupResult> {
  const results: TestResult[] = []
  for (const test of tests) {
    begin(test)
    const startedAt = performance.now()
    const verdict = await runTest(test, subject)
    const ms = Math.round(performance.now() - startedAt)
    results.push({ id: test.id, title: test.title, ms, ...verdict })
  }
  return { name, title, results }
}

/** An answer can be of any shape: what a test stumbles over is no answer of the contract either. */
async function runTest(test: ConformanceTest, subject: Subject): Promise<Verdict> {
  try {
    return await test.run(subject)
  } catch (error) {
    return failed({
      expected: 'an answer in the shape of the contract',
      came: `an answer that could not be looked into (${error instanceof Error ? error.name : 'unknown'})`,
      mend: 'Compare an answer with the schema by hand, beginning with what this test asks.',
    })
  }
}
