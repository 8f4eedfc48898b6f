import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderJunit } from '../../conformance/report/render-junit.ts'
import { renderText } from '../../conformance/report/render-text.ts'
import type { Report } from '../../conformance/report.ts'
import { runLcr } from '../cli/run-lcr.ts'
import { startBreakingProxy } from './breaking-proxy.ts'
import { startTarget, type Target } from './target.ts'

const ADA = '9990000018'

let dataDir: string
let key: string
let nel: Target

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lcr-conformance-'))
  key = join(dataDir, 'key.json')
  nel = await startTarget('nel', ['ada'])
  await writeFile(key, JSON.stringify(nel.privateJwk))
})

afterAll(async () => {
  await nel.close()
  await rm(dataDir, { recursive: true, force: true })
})

describe('lcr conformance', () => {
  const slowly = ['--deadline-ms', '20000']

  it('ends with 0 and writes the report where it is told to', async () => {
    const output = join(dataDir, 'report.xml')
    const given = ['--participant', 'nel', '--patient', ADA, '--key', key, ...slowly]
    const { code, out, err } = await runLcr(dataDir, [
      ...['conformance', nel.url, ...given, '--only', 'schema', 'roles.nobody'],
      ...['--format', 'junit', '--output', output],
    ])

    expect(err).toMatch(/^nel keeps to the contract in all that was tried: 5 passed, 0 failed/)
    expect([code, out]).toEqual([0, ''])
    const xml = await readFile(output, 'utf8')
    expect(xml).toContain('<testsuite name="schema" tests="4" failures="0" errors="0" skipped="0"')
    expect(xml).toContain('name="roles.nobody: Shows no record to a role')
  })

  it('ends with 1 when a test fails, for a participant that is described in a file', async () => {
    const description = join(dataDir, 'participant.json')
    const department = { name: 'Patient Advice and Liaison Service' }
    const described = {
      code: 'nel',
      name: 'North East London',
      kind: 'REGIONAL_HIE',
      participation: 'FULL',
      complaints: department,
      subjectAccess: department,
      organisations: [{ odsCode: 'R1H', name: 'Barts Health', kind: 'ACUTE_TRUST' }],
    }
    await writeFile(description, JSON.stringify(described))
    const proxy = await startBreakingProxy(nel.url, {
      answer: (answered) => ({ ...answered, headers: { 'x-powered-by': 'Example' } }),
    })
    const { code, out } = await runLcr(dataDir, [
      ...['conformance', proxy.url, '--description', description, '--key', key, ...slowly],
      ...['--patient', `${ADA.slice(0, 3)} ${ADA.slice(3)}`, '--only', 'hygiene', 'entities'],
      ...['--format', 'json'],
    ]).finally(() => proxy.close())

    expect(code).toBe(1)
    expect(out).not.toContain(ADA)
    const report = JSON.parse(out)
    expect(report.counts).toEqual({ passed: 11, failed: 1, skipped: 0 })
    expect(report.groups.at(-1).results[3]).toMatchObject({
      id: 'hygiene.no-software',
      outcome: 'FAILED',
      came: 'x-powered-by',
    })
  })

  it.each([
    ['nobody says which participant', [], 'Say which participant'],
    ['nobody says which patient', ['--participant', 'nel'], '--patient <nhs number>'],
    [
      'the subgraph trusts another key',
      ['--participant', 'nel', '--patient', ADA, ...slowly],
      "refuses this run's assertions (401)",
    ],
    [
      'a number is not ten digits',
      ['--participant', 'nel', '--patient', ADA.slice(1)],
      'It takes an NHS number, ten digits.',
    ],
    [
      'there is no such group',
      ['--participant', 'nel', '--patient', ADA, '--only', 'charm'],
      "There is no group or test 'charm'",
    ],
  ])('ends with 2, and says why, when %s', async (_when, args, why) => {
    const { code, out, err } = await runLcr(dataDir, ['conformance', nel.url, ...args])

    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(why)
    expect(err).not.toMatch(/\n\s+at /)
    expect(err).not.toContain(ADA.slice(0, 9))
  })

  it('ends with 2 where nobody listens', async () => {
    const gone = await startBreakingProxy(nel.url, {})
    await gone.close()
    const given = ['--participant', 'nel', '--patient', ADA, ...slowly]
    const { code, err } = await runLcr(dataDir, ['conformance', gone.url, ...given])

    expect(code).toBe(2)
    expect(err).toBe(
      'lcr conformance: There is no subgraph to be tested at this address: a broken connection for { __typename }\n',
    )
  })
})

describe('A report', () => {
  const test = { id: 'paging.walk', title: 'Gives every entry once', ms: 5 }
  const report: Report = {
    participant: 'nel',
    participation: 'FULL',
    groups: [
      {
        name: 'paging',
        title: 'Paging',
        results: [
          { ...test, outcome: 'FAILED', expected: '3 "entries"', came: '<2', mend: 'Go on & on.' },
          { ...test, outcome: 'SKIPPED', why: 'No section has three entries.' },
          { ...test, outcome: 'PASSED' },
        ],
      },
    ],
    ms: 1234,
  }

  it('says in text what was expected, what came and how to mend it', () => {
    expect(renderText(report)).toBe(`Paging
  ✗ Gives every entry once (paging.walk)
      expected: 3 "entries"
      came:     <2
      mend:     Go on & on.
  – Gives every entry once
      not tried: No section has three entries. (paging.walk)
  ✓ Gives every entry once

nel does not conform: 1 passed, 1 failed, 1 not tried, in 1.2 s.
`)
  })

  it('is XML that build servers read', () => {
    expect(renderJunit(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="conformance of nel" tests="3" failures="1" skipped="1" time="1.234">
  <testsuite name="paging" tests="3" failures="1" errors="0" skipped="1" time="0.015">
    <testcase classname="nel.paging" name="paging.walk: Gives every entry once" time="0.005"><failure message="&lt;2, expected 3 &quot;entries&quot;">expected: 3 &quot;entries&quot;
came: &lt;2
mend: Go on &amp; on.</failure></testcase>
    <testcase classname="nel.paging" name="paging.walk: Gives every entry once" time="0.005"><skipped message="No section has three entries."/></testcase>
    <testcase classname="nel.paging" name="paging.walk: Gives every entry once" time="0.005"/>
  </testsuite>
</testsuites>
`)
  })
})
