import type { Kysely } from 'kysely'
import { loadResources } from '../../../subgraphs/kit/load/load.ts'
import { loadBundles } from '../../../subgraphs/kit/load/load-bundles.ts'
import type { LoadReport } from '../../../subgraphs/kit/load/report.ts'
import type { Participant } from '../../../subgraphs/kit/participant.ts'
import type { ParticipantDatabase } from '../../../subgraphs/kit/store/tables.ts'
import { textSource } from '../../subgraphs/kit/load/test-store.ts'
import type { TestSystem } from '../../support/system.ts'
import { allergy, patient, type Sent, type Someone } from './records.ts'

/** Takes a source's Patient in, with one allergy, whose words are the source's code. */
export async function loadPerson(
  system: TestSystem,
  code: string,
  given: { readonly nhsNumber: string; readonly who: Someone; readonly more?: object },
): Promise<LoadReport> {
  const { nhsNumber, who, more = {} } = given
  const id = `p-${nhsNumber}`
  const sent = [patient(id, nhsNumber, who, { ...more }), allergy(`${id}-a`, id, code)]
  return load(system, code, sent)
}

/** Takes what a source sends into a participant's store, as one Bundle, and lets the index follow. */
export async function load(
  system: TestSystem,
  code: string,
  resources: readonly Sent[],
): Promise<LoadReport> {
  const entry = resources.map((resource) => ({ resource }))
  return loadBundle(system, code, { resourceType: 'Bundle', type: 'collection', entry })
}

/** The same for a whole Bundle. */
export function loadBundle(system: TestSystem, code: string, bundle: object): Promise<LoadReport> {
  return takeIn(system, code, (db, participant) =>
    loadBundles(db, participant, [{ name: code, bundle }]),
  )
}

/** The same for JSON as it is written: an object has lost some of its digits. */
export function loadJson(system: TestSystem, code: string, json: string): Promise<LoadReport> {
  return takeIn(system, code, (db, participant) =>
    loadResources({ db, participant, sources: [textSource(`${code}.json`, json)] }),
  )
}

async function takeIn(
  system: TestSystem,
  code: string,
  work: (db: Kysely<ParticipantDatabase>, participant: Participant) => Promise<LoadReport>,
): Promise<LoadReport> {
  const participant = system.participants.find((one) => one.code === code)
  if (!participant) throw new Error(`There is no ${code}`)
  const db = system.databaseOf(code)
  try {
    return await work(db, participant)
  } finally {
    await db.destroy()
    await system.catchUp()
  }
}
