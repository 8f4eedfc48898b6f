import type { Keys } from '../../../cli/start/keys.ts'
import { storyOf } from '../../../population/stories/stories.ts'
import { bundlesOf } from '../../../population/stories/story.ts'
import { loadBundles } from '../../../subgraphs/kit/load/load-bundles.ts'
import type { ParticipantDescription } from '../../../subgraphs/kit/participant-description.ts'
import { readContract } from '../../../subgraphs/kit/schema/contract.ts'
import { participantSdl } from '../../../subgraphs/kit/schema/participant-sdl.ts'
import { startSubgraph } from '../../../subgraphs/kit/start-subgraph.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../../subgraphs/kit/store/tables.ts'
import { createDatabase } from '../../support/postgres.ts'
import { TODAY } from '../../support/system.ts'

/** A participant that has no folder in this project. */
export const THAMES: ParticipantDescription = {
  code: 'thames',
  name: 'Thames Valley Care Record',
  kind: 'REGIONAL_HIE',
  participation: 'FULL',
  complaints: { name: 'Thames Valley patient advice', telephone: '020 7946 0300' },
  subjectAccess: { name: 'Thames Valley information rights', telephone: '020 7946 0301' },
  organisations: [
    {
      odsCode: 'RTH',
      name: 'Oxford University Hospitals NHS Foundation Trust',
      kind: 'ACUTE_TRUST',
    },
  ],
}

/** A subgraph of that participant, with what North East London holds of some story patients. */
export async function startThames(keys: Keys, stories: readonly string[]) {
  const database = await createDatabase()
  const db = connect<ParticipantDatabase>(database.url)
  await migrateStore(db)
  const bundles = stories.flatMap((key) => [
    ...bundlesOf(storyOf(key), TODAY, (code) => code === 'nel'),
  ])
  await loadBundles(
    db,
    THAMES,
    bundles.map(({ bundle }, place) => ({ name: `story-${place}`, bundle })),
  )
  await db.destroy()
  const subgraph = await startSubgraph({
    participant: THAMES,
    databaseUrl: database.url,
    gatewayKeys: keys.gateway.jwks,
  })
  return {
    url: subgraph.url,
    sdl: participantSdl(THAMES, await readContract()),
    async close() {
      await subgraph.close()
      await database.drop()
    },
  }
}
