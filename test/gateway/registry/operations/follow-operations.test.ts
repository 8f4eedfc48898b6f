import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { followOperations } from '../../../../gateway/registry/operations/follow-operations.ts'
import { migrateRegistry } from '../../../../gateway/registry/store/migrations.ts'
import {
  MOST_OF_A_TEAM,
  TooManyOperations,
  takeManifest,
} from '../../../../gateway/registry/store/operations.ts'
import type { RegistryDatabase } from '../../../../gateway/registry/store/tables.ts'
import { connect } from '../../../../subgraphs/kit/store/connect.ts'
import { eventually } from '../../../cli/start/system.ts'
import { type FaultyConnection, startFaultyConnection } from '../../../support/faulty-connection.ts'
import { createDatabase, type TestDatabase } from '../../../support/postgres.ts'

let database: TestDatabase
let connection: FaultyConnection
let db: ReturnType<typeof connect<RegistryDatabase>>
let followed: ReturnType<typeof connect<RegistryDatabase>>

beforeAll(async () => {
  database = await createDatabase()
  connection = await startFaultyConnection(database.url)
  db = connect<RegistryDatabase>(database.url, 1)
  followed = connect<RegistryDatabase>(connection.url, 1)
  await migrateRegistry(db)
})

afterAll(async () => {
  await followed.destroy()
  await db.destroy()
  await connection.close()
  await database.drop()
})

const operation = (digest: string) =>
  ({
    digest,
    text: 'query A { me { name } }',
    name: 'A',
    type: 'query',
    manifestId: digest,
  }) as const

const take = (team: string, digests: readonly string[], isWhole = false) =>
  takeManifest(db, { team, operations: digests.map(operation), isWhole, at: new Date() })

const logger = pino({ level: 'silent' })
const follow = () => followOperations({ db: followed, intervalMs: 10, logger })

it('keeps what is registered in force while the registry is away, and goes on when it is back', async () => {
  await take('ward-app', ['one'])
  const operations = await follow()
  expect([operations.has('one'), operations.has('two')]).toEqual([true, false])
  connection.setFault('reset')
  await take('ward-app', ['two'], true)
  await expect(followed.selectFrom('registry_manifest').select('id').execute()).rejects.toThrow()
  expect([operations.has('one'), operations.has('two')]).toEqual([true, false])
  connection.setFault('none')
  await eventually(async () => operations.has('two'))
  expect(operations.has('one')).toBe(false)
  await operations.close()
})

it('knows no operation as long as the registry has never answered', async () => {
  connection.setFault('reset')
  const operations = await follow()
  expect(operations.has('two')).toBe(false)
  connection.setFault('none')
  await eventually(async () => operations.has('two'))
  await operations.close()
})

it('registers an operation of two teams until both have retired it', async () => {
  await take('ward-app', ['shared'])
  await take('bed-app', ['shared'])
  const operations = await follow()
  await take('bed-app', [], true)
  await take('bed-app', ['other'])
  await eventually(async () => operations.has('other'))
  expect(operations.has('shared')).toBe(true)
  await operations.close()
})

it('takes over all operations of a manifest or none', async () => {
  const digests = Array.from({ length: MOST_OF_A_TEAM + 1 }, (_, place) => `many-${place}`)
  await expect(take('many-app', digests)).rejects.toThrow(TooManyOperations)
  expect((await take('many-app', ['few'])).operations).toBe(1)
})
