import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderJson } from '../../conformance/report/render-json.ts'
import type { Report, TestResult } from '../../conformance/report.ts'
import { createSigner } from '../../conformance/subject/sign.ts'
import { everySection } from '../../subgraphs/kit/shares.ts'
import { EXAMPLE, exampleBundle } from '../subgraphs/kit/fhir-server/example-bundle.ts'
import { startBreakingProxy } from './breaking-proxy.ts'
import { brokenDoors } from './faults/callers.ts'
import { brokenManners } from './faults/manners.ts'
import { brokenRecords } from './faults/records.ts'
import { startTarget, type Target } from './target.ts'

let nel: Target

beforeAll(async () => {
  nel = await startTarget('nel', ['ada'])
})

afterAll(() => nel.close())

function resultsOf(report: Report): TestResult[] {
  return report.groups.flatMap(({ results }) => results)
}

function idsOf(report: Report, outcome: TestResult['outcome']): string[] {
  return resultsOf(report).flatMap((result) => (result.outcome === outcome ? result.id : []))
}

/** A whole run asks some hundred times: on a busy machine that takes longer than a test may. */
const WHOLE_RUN = { timeout: 120_000 }

describe('A subgraph of the kit', WHOLE_RUN, () => {
  it('that views and contributes passes every test, and none is left untried', async () => {
    const report = await nel.test()

    expect(idsOf(report, 'FAILED')).toEqual([])
    expect(idsOf(report, 'SKIPPED')).toEqual([])
    expect(resultsOf(report).length).toBeGreaterThan(90)
    expect(new Set(resultsOf(report).map(({ id }) => id)).size).toBe(resultsOf(report).length)
  })

  it('that only contributes passes all that its one small record lets be tried', async () => {
    const enht = await startTarget('enht', ['carys'])
    const report = await enht.test().finally(() => enht.close())

    expect(idsOf(report, 'FAILED')).toEqual([])
    expect(idsOf(report, 'SKIPPED')).toEqual([
      'ordering.newest-first',
      'paging.first',
      'paging.walk',
      'paging.end-cursor',
      'paging.between-sources',
      'filters.days',
      'filters.with-pages',
    ])
  })

  it('that shares some sections alone passes, and fails where its description says otherwise', async () => {
    const shares = everySection('LIVE').filter(({ section }) => section !== 'diagnoses')
    const partly = await startTarget('nel', ['ada'], { shares })
    const report = await partly.test()
    const only = ['sections', 'ordering']
    const [more, less] = await Promise.all([
      partly.test({ only, participant: nel.participant }),
      nel.test({ only, participant: partly.participant }),
    ]).finally(() => partly.close())

    expect(idsOf(report, 'FAILED')).toEqual([])
    const disagreeing = ['sections.status', 'sections.shared', 'sections.complete']
    expect(idsOf(more, 'FAILED')).toEqual(disagreeing)
    expect(idsOf(less, 'FAILED')).toEqual(disagreeing)
  })

  it('that holds an entry of every type that sections are made of passes (a Composition failed)', async () => {
    const rich = await startTarget('nel', ['ada'], { more: [exampleBundle] })
    const only = ['ordering', 'sections', 'entities']
    const report = await rich.test({ nhsNumbers: [EXAMPLE], only }).finally(() => rich.close())

    expect(idsOf(report, 'FAILED')).toEqual([])
    expect(idsOf(report, 'SKIPPED')).toEqual([])
  })

  it('that only views passes what is not about records', async () => {
    const hpft = await startTarget('hpft', [])
    const report = await hpft.test().finally(() => hpft.close())

    expect(idsOf(report, 'FAILED')).toEqual([])
    expect(idsOf(report, 'SKIPPED')).toEqual(['feed.pages'])
    expect(report.groups.map(({ name }) => name)).not.toContain('paging')
    expect(report.groups.map(({ name }) => name)).toContain('assertion')
  })
})

describe('A subgraph that', () => {
  it.each([...brokenRecords, ...brokenDoors, ...brokenManners])(
    '$what fails where it should, and nowhere else',
    async ({ fault, only, fails }) => {
      const proxy = await startBreakingProxy(nel.url, fault(createSigner('nel', nel.privateJwk)))
      const isAboutTime = only.includes('deadlines.never-hangs')
      const report = await nel
        .test({ url: proxy.url, only, ...(isAboutTime && { deadlineMs: 400 }) })
        .finally(() => proxy.close())

      const failed = resultsOf(report).filter((result) => result.outcome === 'FAILED')
      expect(failed.map(({ id }) => id)).toEqual(Object.keys(fails))
      for (const { id, came } of failed) expect(came).toContain(fails[id])
      expect(renderJson(report)).not.toMatch(/\d{10}/)
    },
  )
})
