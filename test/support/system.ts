import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureKeys, type Keys } from '../../cli/start/keys.ts'
import { readConfig } from '../../gateway/config.ts'
import { signPersonaToken, type TokenOptions } from '../../gateway/identity/development-issuer.ts'
import { personas } from '../../gateway/identity/personas.ts'
import { startGateway } from '../../gateway/main.ts'
import { storyOf } from '../../population/stories/stories.ts'
import { bundlesOf } from '../../population/stories/story.ts'
import { createIndex, type Index } from '../../subgraphs/index/create-index.ts'
import { ownersOf } from '../../subgraphs/index/relationships/why-unheard.ts'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { type RunningSubgraph, startSubgraph } from '../../subgraphs/kit/start-subgraph.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import { createAuditStore, type TestAuditStore } from './audit.ts'
import { createDatabase, type TestDatabase } from './postgres.ts'
import { printedBy } from './printed.ts'

/** The day on which the test system lives: histories are told up to it. */
export const TODAY = new Date()

/** An answer of the gateway, with what HTTP said of it. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape of what it asked for
  readonly data: any
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions?: { readonly code?: string; readonly participant?: string }
  }[]
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly extensions?: any
  readonly text: string
}

/** The whole system over real HTTP and PostgreSQL, in the test's process. */
export interface TestSystem {
  readonly url: string
  readonly participants: readonly Participant[]
  readonly subgraphs: ReadonlyMap<string, RunningSubgraph>
  readonly keys: Keys
  /** The index over the gateway's database, as another gateway would run it. */
  readonly index: Index
  /** The settings of its gateway, for another process. */
  readonly settings: Readonly<Record<string, string>>
  /** The store of the trail that the gateway writes; its anchors are in the system's own folder. */
  readonly audit: TestAuditStore
  ask(query: string, options?: AskOptions): Promise<Answer>
  token(persona: string, options?: Partial<TokenOptions>, at?: string): Promise<string>
  /** Opens a participant's database, to put something in or look at it. */
  databaseOf(participant: string): ReturnType<typeof connect<ParticipantDatabase>>
  /** Lets the index follow all feeds to their ends. */
  catchUp(): Promise<void>
  close(): Promise<void>
}

export interface AskOptions {
  /** A persona; an emergency doctor in Camberwell when left out; null for nobody. */
  readonly as?: string | null
  /** The ODS code of another organisation than the persona's own. */
  readonly at?: string
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
  readonly headers?: Record<string, string>
}

export interface SystemOptions {
  /** Keys of the stories to load. */
  readonly stories?: readonly string[]
  /** NHS numbers of further patients that tests put in. */
  readonly patients?: readonly string[]
  /**
   * EVERYBODY, when left out: every persona's organisation is given an attendance of each of these
   * patients, so that a test can be about something else. AS_TOLD: only what the records themselves tell.
   */
  readonly relationships?: 'EVERYBODY' | 'AS_TOLD'
  /** Another description of a participant than its own, by its code. */
  readonly describedAs?: Readonly<Record<string, Partial<Participant>>>
  /** Where a participant's subgraph is said to be, instead of where it is. */
  readonly urlOf?: (code: string, url: string) => Promise<string>
  readonly env?: Record<string, string>
  /** Where the gateway's own database is said to be, instead of where it is. */
  readonly databaseUrlOf?: (url: string) => Promise<string>
  /** A PostgreSQL for the audit store alone, as its owner. */
  readonly auditPostgres?: string
}

/** Starts all twelve subgraphs and a gateway, with some story patients in them. */
export async function startSystem(options: SystemOptions = {}): Promise<TestSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lcr-test-'))
  const keys = await ensureKeys(dataDir)
  const participants = (await findParticipants()).map((participant) => ({
    ...participant,
    ...options.describedAs?.[participant.code],
  }))
  const databases = new Map<string, TestDatabase>()
  const subgraphs = new Map<string, RunningSubgraph>()
  const printed = printedBy('system')
  const gatewayDatabase = await createDatabase()
  const audit = await createAuditStore(options.auditPostgres)
  await Promise.all(
    participants.map(async (participant) => {
      const database = await createDatabase()
      databases.set(participant.code, database)
      await loadStories(participant, database.url, options.stories ?? [])
      const subgraph = await startSubgraph({
        participant,
        databaseUrl: database.url,
        gatewayKeys: keys.gateway.jwks,
        logger: { level: 'trace', stream: printed },
      })
      subgraphs.set(participant.code, subgraph)
    }),
  )
  const env: Record<string, string> = {}
  for (const [code, { url }] of subgraphs) {
    env[`${code.toUpperCase()}_URL`] = (await options.urlOf?.(code, url)) ?? url
  }
  const settings = {
    ...env,
    DATABASE_URL: (await options.databaseUrlOf?.(gatewayDatabase.url)) ?? gatewayDatabase.url,
    LCR_AUDIT_DATABASE_URL: audit.url,
    LCR_DATA_DIR: dataDir,
    LOG_LEVEL: 'trace',
    LCR_FEED_INTERVAL_MS: '60000',
    // Thirteen servers share this process with other tests: what an answer holds does not depend on how busy it is.
    LCR_SOURCE_DEADLINE_MS: '20000',
    LCR_DEADLINE_MS: '25000',
    LCR_AUDIT_DEADLINE_MS: '10000',
    // Nor on how much a test asks in one minute.
    LCR_OPERATIONS_PER_MINUTE: '1000000',
    LCR_PATIENTS_PER_MINUTE: '1000000',
    LCR_MAX_EVENT_LOOP_DELAY_MS: '1000',
    LCR_MAX_WAIT_MS: '60000',
    // A test switches faults off and expects the source back in the next answer.
    LCR_CIRCUIT_OPEN_MS: '10',
    ...options.env,
  }
  const config = readConfig(settings, participants)
  const gateway = await startGateway({ ...config, port: 0 }, { log: printed })
  await gateway.whenCaughtUp()
  const indexDb = connect<IndexDatabase>(gatewayDatabase.url, 2)
  const index = await createIndex({ db: indexDb, participants })
  if (options.relationships !== 'AS_TOLD') await relateEverybody(indexDb, participants, options)
  const token = async (key: string, changes: Partial<TokenOptions> = {}, at?: string) => {
    const persona = personas.find((candidate) => candidate.key === key)
    if (!persona) throw new Error(`There is no persona ${key}`)
    const placed = { ...persona, odsCode: at ?? persona.odsCode }
    return signPersonaToken(placed, { privateKey: keys.issuer.privateJwk, ...changes })
  }
  return {
    url: gateway.url,
    participants,
    subgraphs,
    keys,
    index,
    settings,
    audit,
    token,
    ask: (query, asked = {}) => ask(gateway.url, token, query, asked),
    databaseOf: (code) => connect<ParticipantDatabase>(databases.get(code)?.url ?? ''),
    catchUp: () => gateway.whenCaughtUp(),
    async close() {
      await gateway.close()
      await indexDb.destroy()
      await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.close()))
      await Promise.all([gatewayDatabase, ...databases.values()].map((database) => database.drop()))
      await audit.remove()
      printed.end()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function relateEverybody(
  db: ReturnType<typeof connect<IndexDatabase>>,
  participants: readonly Participant[],
  { stories = [], patients = [] }: SystemOptions,
): Promise<void> {
  const told = stories
    .map(storyOf)
    .flatMap((story) => [story.nhsNumber, story.formerNhsNumber ?? []].flat())
  const owners = ownersOf(participants)
  const organisations = new Set(personas.map(({ odsCode }) => odsCode))
  const values = [...told, ...patients].flatMap((nhs_number) =>
    [...organisations].map((ods_code) => ({
      nhs_number,
      ods_code,
      participant: owners.get(ods_code)?.participant ?? 'nobody',
      kind: 'ATTENDANCE' as const,
      evidence: 'Encounter/test',
      // What a feed tells later leaves it as it is.
      is_from_file: true,
      starts_at: null,
      ends_at: null,
    })),
  )
  if (values.length > 0) await db.insertInto('care_relationship').values(values).execute()
}

async function loadStories(
  participant: Participant,
  databaseUrl: string,
  keys: readonly string[],
): Promise<void> {
  const bundles = keys.flatMap((key) => [
    ...bundlesOf(storyOf(key), TODAY, (code) => code === participant.code),
  ])
  if (bundles.length === 0) return
  const db = connect<ParticipantDatabase>(databaseUrl)
  try {
    await migrateStore(db)
    await loadBundles(
      db,
      participant,
      bundles.map(({ bundle }, index) => ({ name: `story-${index}`, bundle })),
    )
  } finally {
    await db.destroy()
  }
}

async function ask(
  url: string,
  token: TestSystem['token'],
  query: string,
  { as = 'ed-doctor.sel', at, variables, operationName, headers = {} }: AskOptions,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(as !== null && { authorization: `Bearer ${await token(as, {}, at)}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables, operationName }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, ...JSON.parse(text) }
}
