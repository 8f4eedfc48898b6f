import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { loadBundles } from '../../../../subgraphs/kit/load/load-bundles.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, at, bundle, patient } from '../load/resources.ts'
import { createTestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

let server: FhirTestServer
let stored: TestSubgraph
let staying: TestSubgraph

beforeAll(async () => {
  server = await startFhirTestServer()
  const signer = await createTestSigner()
  stored = await createTestSubgraph({ participant, signer })
  staying = await createTestSubgraph({ participant, signer, fhir: { baseUrl: server.baseUrl } })
})

afterAll(async () => {
  await Promise.all([stored?.close(), staying?.close()])
  await server?.close()
})

const plan = {
  resourceType: 'CarePlan',
  id: 'plan',
  status: 'active',
  intent: 'plan',
  subject: at('Patient/a'),
  contained: [
    {
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'order',
      subject: at('Patient/a'),
      medicationCodeableConcept: { text: 'Insulin glargine' },
    },
  ],
  activity: [{ reference: { reference: '#m' } }],
}
const list = {
  resourceType: 'List',
  id: 'list',
  status: 'current',
  mode: 'snapshot',
  subject: at('Patient/a'),
  contained: [
    {
      resourceType: 'AllergyIntolerance',
      id: 'e',
      patient: at('Patient/a'),
      code: { text: 'Nuts' },
    },
  ],
  entry: [{ item: { reference: '#e' } }],
}

it.each([
  ['medications', 'Insulin glargine'],
  ['allergies', 'Nuts'],
])(
  'shows in %s what a FHIR server has within another resource, as the store does',
  async (section, words) => {
    const resources = [patient('a', ada), plan, list]
    await server.put(resources as unknown as FhirResource[])
    await loadBundles(stored.db, participant, [{ name: 'all', bundle: bundle(resources) }])
    const asked = `${section} { nodes { id code { display } } }`
    const [one, other] = await Promise.all(
      [stored, staying].map((each) => each.askRecord(ada, asked)),
    )
    expect(one?.record[section].nodes).toMatchObject([{ code: { display: words } }])
    expect(other?.record).toEqual(one?.record)
  },
)
