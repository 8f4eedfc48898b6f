import type { Kysely } from 'kysely'
import { createIndex, type Index } from '../../../subgraphs/index/create-index.ts'
import type { FeedFollower } from '../../../subgraphs/index/feed/follow-feeds.ts'
import { followFeeds } from '../../../subgraphs/index/feed/follow-feeds.ts'
import { migrateIndex } from '../../../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { findParticipants } from '../../../subgraphs/kit/find-participants.ts'
import { type RunningSubgraph, startSubgraph } from '../../../subgraphs/kit/start-subgraph.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import type { ParticipantDatabase } from '../../../subgraphs/kit/store/tables.ts'
import { createDatabase } from '../../support/postgres.ts'
import { createTestSigner } from '../kit/test-signer.ts'

/** Some participants' subgraphs over HTTP, with the index that follows them. */
export interface TestLondon {
  readonly index: Index
  readonly feeds: FeedFollower
  readonly indexDb: Kysely<IndexDatabase>
  store(code: string): Kysely<ParticipantDatabase>
  /** Ends a participant's subgraph; its database stands. */
  stop(code: string): Promise<void>
  /** Starts it again, on the port it had. */
  restart(code: string): Promise<void>
  close(): Promise<void>
}

export async function createTestLondon(
  codes: readonly string[],
  clock: () => Date = () => new Date(),
): Promise<TestLondon> {
  const participants = await findParticipants()
  const signer = await createTestSigner()
  const ends: (() => Promise<void>)[] = []
  const members = new Map<string, Member>()

  async function start(code: string, databaseUrl: string, port: number): Promise<RunningSubgraph> {
    const participant = participants.find((each) => each.code === code)
    if (!participant) throw new Error(`No participant ${code}`)
    return startSubgraph({ participant, databaseUrl, port, gatewayKeys: signer.keys })
  }

  function member(code: string): Member {
    const found = members.get(code)
    if (!found) throw new Error(`${code} is not in this test`)
    return found
  }

  for (const code of codes) {
    const database = await createDatabase()
    const subgraph = await start(code, database.url, 0)
    const db = connect<ParticipantDatabase>(database.url, 3)
    members.set(code, { databaseUrl: database.url, subgraph, db })
    ends.push(
      () => member(code).subgraph.close(),
      () => db.destroy(),
      database.drop,
    )
  }

  const database = await createDatabase()
  const indexDb = connect<IndexDatabase>(database.url, 5)
  await migrateIndex(indexDb)
  const feeds = followFeeds({
    db: indexDb,
    participants: codes.map((code) => ({ code, url: member(code).subgraph.url })),
    sign: async (code) =>
      (await signer.sign({ participant: code, scope: 'feed.read' })).replace('Bearer ', ''),
    intervalMs: 3_600_000,
    clock,
  })
  await feeds.whenCaughtUp()
  const index = await createIndex({
    db: indexDb,
    participants: participants.filter(({ code }) => codes.includes(code)),
    clock,
  })
  return {
    index,
    feeds,
    indexDb,
    store: (code) => member(code).db,
    stop: (code) => member(code).subgraph.close(),
    async restart(code) {
      const { databaseUrl, subgraph } = member(code)
      const port = Number(new URL(subgraph.url).port)
      members.set(code, { ...member(code), subgraph: await start(code, databaseUrl, port) })
    },
    async close() {
      await feeds.close()
      for (const end of ends) await end()
      await indexDb.destroy()
      await database.drop()
    },
  }
}

interface Member {
  readonly databaseUrl: string
  readonly subgraph: RunningSubgraph
  readonly db: Kysely<ParticipantDatabase>
}
