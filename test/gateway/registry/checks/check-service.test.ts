import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureKeys } from '../../../../cli/start/keys.ts'
import {
  createAssertionSigner,
  type SignAssertion,
} from '../../../../gateway/federation/assertion.ts'
import { checkService } from '../../../../gateway/registry/checks/check-service.ts'
import { type RunningSubgraph, startSubgraph } from '../../../../subgraphs/kit/start-subgraph.ts'
import { participant as nel } from '../../../../subgraphs/nel/participant.ts'
import { createDatabase, type TestDatabase } from '../../../support/postgres.ts'
import { badServices } from './bad-services.ts'
import { graph } from './refuses.ts'
import { startBadService } from './start-bad-service.ts'

/** Nothing here waits for it, but the two services that hang. */
const LONG_MS = 20_000
const SHORT_MS = 800

let folder: string
let database: TestDatabase
let service: RunningSubgraph
let sign: SignAssertion

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-checks-'))
  const { gateway } = await ensureKeys(folder)
  sign = createAssertionSigner(gateway.privateJwk)
  database = await createDatabase()
  service = await startSubgraph({
    participant: nel,
    databaseUrl: database.url,
    gatewayKeys: gateway.jwks,
  })
})
afterAll(async () => {
  await service.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

describe('The checks of a running service', () => {
  it('let pass the service of a participant, as it runs', async () => {
    const publication = { ...graph.of('nel'), url: service.url }
    expect(await checkService(publication, { sign, deadlineMs: LONG_MS })).toEqual([
      { check: 'answers', problems: [] },
      { check: 'speaks-the-schema', problems: [] },
      { check: 'refuses-unsigned', problems: [] },
      { check: 'keeps-deadline', problems: [] },
    ])
  })

  it.each(badServices)('refuse $title', async (bad) => {
    const behaving = bad.behave && (await startBadService(bad.behave, { url: service.url, sign }))
    try {
      const good = behaving?.url ?? service.url
      const publication = { ...graph.of('nel'), url: bad.url?.(good) ?? good }
      const deadlineMs = bad.message.includes('…') ? SHORT_MS : LONG_MS
      const results = await checkService(publication, { sign, deadlineMs })
      const problems = results.flatMap((result) => result.problems)
      const message = bad.message.replace('…', String(SHORT_MS))
      expect(problems.find((problem) => problem.message === message) ?? problems).toEqual({
        check: bad.check,
        where: bad.where,
        message,
        mend: expect.stringMatching(/^[A-Z].*[.]$/),
      })
      expect(JSON.stringify(results)).not.toMatch(/999000|Welcome|elsewhere|secret/)
    } finally {
      await behaving?.close()
    }
  })

  it('are left out where the service does not answer at all', async () => {
    const publication = { ...graph.of('nel'), url: 'nowhere' }
    const results = await checkService(publication, { sign, deadlineMs: LONG_MS })
    expect(results.map(({ check, skipped }) => [check, skipped])).toEqual([
      ['answers', undefined],
      ['speaks-the-schema', 'The url cannot be used.'],
      ['refuses-unsigned', 'The url cannot be used.'],
      ['keeps-deadline', 'The url cannot be used.'],
    ])
  })
})
