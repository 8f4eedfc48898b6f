import { loadBundles } from '../../../subgraphs/kit/load/load-bundles.ts'
import type { LoadReport } from '../../../subgraphs/kit/load/report.ts'
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
export async function loadBundle(
  system: TestSystem,
  code: string,
  bundle: object,
): Promise<LoadReport> {
  const participant = system.participants.find((one) => one.code === code)
  if (!participant) throw new Error(`There is no ${code}`)
  const db = system.databaseOf(code)
  try {
    return await loadBundles(db, participant, [{ name: code, bundle }])
  } finally {
    await db.destroy()
    await system.catchUp()
  }
}
