import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, graphql } from 'graphql'
import type { Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FeedFollower, followFeeds } from '../../../subgraphs/index/feed/follow-feeds.ts'
import { migrateIndex } from '../../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { loadBundles } from '../../../subgraphs/kit/load/load-bundles.ts'
import { readContract } from '../../../subgraphs/kit/schema/contract.ts'
import { participantSdl } from '../../../subgraphs/kit/schema/participant-sdl.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { participant as nel } from '../../../subgraphs/nel/participant.ts'
import { createDatabase, type TestDatabase } from '../../support/postgres.ts'
import { objection } from '../kit/fhir/examples/objection.ts'
import { ada, ben, bundle, patient } from '../kit/load/resources.ts'
import { createTestLondon } from './test-london.ts'

it("holds what a participant's feed tells of a patient's objection", async () => {
  const london = await createTestLondon(['nel'])
  const known = () => objectionsIn(london.indexDb)
  const load = async (...resources: readonly object[]) => {
    await loadBundles(london.store('nel'), nel, [{ name: 'test', bundle: bundle([...resources]) }])
    await london.feeds.whenCaughtUp()
  }
  try {
    await load(patient('a', ada), patient('b', ben))
    expect(await known()).toEqual({ [ada]: null, [ben]: null })
    await load(objection)
    expect(await known()).toEqual({ [ada]: 'UPHELD', [ben]: null })
    await load({ ...objection, status: 'inactive' })
    expect(await known()).toEqual({ [ada]: 'WITHDRAWN', [ben]: null })
  } finally {
    await london.close()
  }
})

describe('A participant whose schema is older', () => {
  let database: TestDatabase
  let db: Kysely<IndexDatabase>
  let older: OlderParticipant
  let feeds: FeedFollower

  beforeEach(async () => {
    database = await createDatabase()
    db = connect<IndexDatabase>(database.url, 2)
    await migrateIndex(db)
    older = await startOlderParticipant()
    feeds = followFeeds({
      db,
      participants: [{ code: 'nel', url: older.url }],
      sign: async () => 'an assertion',
      intervalMs: 3_600_000,
      waitsToBegin: true,
    })
  })
  afterEach(async () => {
    await feeds.close()
    await older.close()
    await db.destroy()
    await database.drop()
  })

  it('is followed without its objections', async () => {
    older.put(ada, null)
    await feeds.whenCaughtUp()
    expect(await objectionsIn(db)).toEqual({ [ada]: null })
    expect(feeds.state().get('nel')?.lastError).toBeNull()
  })

  it('is read from the beginning as soon as it tells of objections', async () => {
    older.put(ada, 'UPHELD')
    older.put(ben, null)
    await feeds.whenCaughtUp()
    expect(await objectionsIn(db)).toEqual({ [ada]: null, [ben]: null })

    older.upgrade()
    await feeds.whenCaughtUp()
    expect(await objectionsIn(db)).toEqual({ [ada]: 'UPHELD', [ben]: null })
    older.asked.length = 0
    await feeds.whenCaughtUp()
    expect(older.asked).toEqual(['2'])
  })

  it('ends no objection by being silent about it', async () => {
    older.upgrade()
    older.put(ada, 'UPHELD')
    await feeds.whenCaughtUp()
    older.downgrade()
    older.put(ada, null)
    await feeds.whenCaughtUp()
    expect(await objectionsIn(db)).toEqual({ [ada]: 'UPHELD' })
  })

  it('is not believed when it tells of an objection in a word that there is not', async () => {
    older.upgrade()
    older.put(ada, 'MAYBE')
    await feeds.whenCaughtUp()
    expect(feeds.state().get('nel')?.lastError).toBe('NOT_A_FEED')
    expect(await objectionsIn(db)).toEqual({})
  })
})

async function objectionsIn(db: Kysely<IndexDatabase>): Promise<Record<string, string | null>> {
  const rows = await db.selectFrom('holder').select(['nhs_number', 'objection']).execute()
  return Object.fromEntries(rows.map((row) => [row.nhs_number, row.objection]))
}

/** A subgraph that is not the kit's, whose feed does not know of objections until it is upgraded. */
interface OlderParticipant {
  readonly url: string
  /** The cursors that it was asked for. */
  readonly asked: (string | null)[]
  put(nhsNumber: string, objection: string | null): void
  upgrade(): void
  downgrade(): void
  close(): Promise<void>
}

async function startOlderParticipant(): Promise<OlderParticipant> {
  const sdl = participantSdl(nel, await readContract())
  const newer = schemaOf(sdl)
  const old = schemaOf(sdl.replace(/^ {2}"[^"]*"\n {2}objection: String$/m, ''))
  const changes: object[] = []
  const asked: (string | null)[] = []
  let schema = old
  const nelFeed = ({ after }: { after: string | null }) => {
    asked.push(after)
    return {
      changes: changes.slice(Number(after ?? 0)),
      cursor: String(changes.length),
      hasMore: false,
    }
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { query: source, variables: variableValues } = JSON.parse(body)
    const answer = await graphql({ schema, source, variableValues, rootValue: { nelFeed } })
    const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' }
    const errors = answer.errors?.map(({ message }) => ({ message, extensions }))
    response.writeHead(answer.data ? 200 : 400, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ...answer, ...(errors && { errors }) }))
  })
  return {
    url: await listen(server),
    asked,
    upgrade() {
      schema = newer
    },
    downgrade() {
      schema = old
    },
    put(nhsNumber, told) {
      const asOf = '2026-01-02T03:04:05.000Z'
      const rest = { demographics: null, holdsRecord: true, isSensitive: false }
      const links = { supersededBy: null, supersedes: [] }
      changes.push({
        nhsNumber,
        objection: told,
        asOf,
        relationships: [],
        servers: [],
        ...rest,
        ...links,
      })
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

/** What is Federation's own is taken out: this server plans nothing. */
function schemaOf(sdl: string) {
  return buildSchema(
    sdl.replace(/^extend schema.*$/m, '').replace(/@(key\([^)]*\)|shareable|inaccessible)/g, ''),
  )
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`)
    })
  })
}
