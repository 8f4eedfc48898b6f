import { afterAll, beforeAll, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load, loadJson } from '../whose-record/load.ts'
import { allergy, patient } from '../whose-record/records.ts'

const nhsNumber = testNhsNumbers().next().value
const who = { given: 'Delia', family: 'Deletion', birthDate: '1961-01-02' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: [nhsNumber] })
  await load(system, 'nel', [
    patient('p', nhsNumber, who),
    ...['penicillin', 'nuts', 'latex'].map((id) => allergy(id, 'p', id)),
  ])
}, 60_000)
afterAll(() => system?.close())

const deletion = (id: string) => ({
  request: { method: 'DELETE', url: `AllergyIntolerance/${id}` },
})
const state = (id: string, more: object) => ({
  resource: { ...allergy(id, 'p', id), ...more },
  request: { method: 'PUT', url: `AllergyIntolerance/${id}` },
})
const history = (...entry: object[]) =>
  loadJson(system, 'nel', JSON.stringify({ resourceType: 'Bundle', type: 'history', entry }))

async function shown(): Promise<string[]> {
  const { data, errors } = await system.ask(
    'query ($n: ID!) { patient(nhsNumber: $n) { allergies { nodes { code { display } } } } }',
    { as: 'doctor.mkuh', variables: { n: nhsNumber } },
  )
  expect(errors).toBeUndefined()
  const nodes = data.patient.allergies.nodes as { code: { display: string } }[]
  return nodes.map(({ code }) => code.display).sort()
}

// Before: a deletion left no trace, and the deleted entry was there again.
it('keeps what was deleted from coming back with the file of before', async () => {
  await history(deletion('nuts'))
  expect(await shown()).toEqual(['latex', 'penicillin'])
  const report = await load(system, 'nel', [
    patient('p', nhsNumber, who),
    allergy('nuts', 'p', 'nuts'),
  ])
  expect(report.notices).toMatchObject([{ kind: 'DELETED_BEFORE', entries: 1 }])
  expect(await shown()).toEqual(['latex', 'penicillin'])
})

it('keeps it from coming back with its older states, which a history puts behind the deletion', async () => {
  await history(deletion('latex'), state('latex', { meta: { versionId: '1' } }))
  expect(await shown()).toEqual(['penicillin'])
})

it('shows it again where its source says that it is newer', async () => {
  await history(state('nuts', { meta: { versionId: '9', lastUpdated: '2999-01-01T00:00:00Z' } }))
  expect(await shown()).toEqual(['nuts', 'penicillin'])
})
