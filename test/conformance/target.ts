import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { Report } from '../../conformance/report.ts'
import { type ConformanceOptions, runConformance } from '../../conformance/run-conformance.ts'
import { storyOf } from '../../population/stories/stories.ts'
import { bundlesOf } from '../../population/stories/story.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { startSubgraph } from '../../subgraphs/kit/start-subgraph.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import { createDatabase } from '../support/postgres.ts'
import { EXCLUDED, excludedBundle } from './excluded-patient.ts'

/** A real subgraph with patients in it, and a key that it trusts. */
export interface Target {
  readonly url: string
  readonly participant: Participant
  readonly privateJwk: JWK
  /** Tests it, or what stands before it. */
  test(changes?: Partial<ConformanceOptions>): Promise<Report>
  close(): Promise<void>
}

/**
 * Starts a participant's subgraph with some stories, and one patient of whom all is excluded.
 *
 * @param more further Bundles that it holds
 */
export async function startTarget(
  code: string,
  stories: readonly string[],
  { more = [], ...changes }: Partial<Participant> & { readonly more?: readonly object[] } = {},
): Promise<Target> {
  const known = (await findParticipants()).find((one) => one.code === code)
  if (!known) throw new Error(`There is no participant ${code}`)
  const participant = { ...known, ...changes }
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const privateJwk = { ...(await exportJWK(privateKey)), kid: 'conformance' }
  const gatewayKeys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'conformance' }] }
  const database = await createDatabase()
  const db = connect<ParticipantDatabase>(database.url, 2)
  await migrateStore(db)
  const told = stories.flatMap((key) => [
    ...bundlesOf(storyOf(key), new Date(), (holder) => holder === code),
  ])
  await loadBundles(
    db,
    participant,
    [...told.map(({ bundle }) => bundle), excludedBundle(), ...more].map((bundle, at) => ({
      name: `bundle-${at}`,
      bundle,
    })),
  )
  await db.destroy()
  const subgraph = await startSubgraph({ participant, databaseUrl: database.url, gatewayKeys })
  return {
    url: subgraph.url,
    participant,
    privateJwk,
    test: (changes = {}) =>
      runConformance({
        url: subgraph.url,
        participant,
        privateJwk,
        nhsNumbers: stories.map((key) => storyOf(key).nhsNumber),
        excluded: EXCLUDED,
        // The machine is shared with other tests: nothing here is about speed.
        deadlineMs: 20_000,
        ...changes,
      }),
    async close() {
      await subgraph.close()
      await database.drop()
    },
  }
}
