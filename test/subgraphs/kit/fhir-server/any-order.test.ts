import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { loadBundles } from '../../../../subgraphs/kit/load/load-bundles.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { sectionSelections } from '../../../support/section-selections.ts'
import { ada, at, patient } from '../load/resources.ts'
import { createTestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { asOnServer } from './bundle-on-server.ts'
import { EXAMPLE, exampleBundle } from './example-bundle.ts'
import { type FhirTestServer, startFhirTestServer } from './fhir-test-server.ts'

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'

let server: FhirTestServer
let stored: TestSubgraph
let staying: TestSubgraph

/** Each twice under one business identifier: an organisation, an encounter. */
const ambiguous = [
  patient('a', ada),
  ...['b', 'a', 'c'].map((id) => ({
    resourceType: 'Organization',
    id: `org-${id}`,
    identifier: [{ system: ODS, value: 'R9Z' }],
    name: `Barts as ${id}`,
  })),
  ...['y', 'x', 'z'].map((id) => ({
    resourceType: 'Encounter',
    id: `visit-${id}`,
    status: 'finished',
    identifier: [{ system: 'https://barts.example/visit', value: '1' }],
    subject: at('Patient/a'),
  })),
  {
    resourceType: 'Procedure',
    id: 'stitches',
    status: 'completed',
    code: { text: 'Stitches' },
    subject: at('Patient/a'),
    encounter: {
      type: 'Encounter',
      identifier: { system: 'https://barts.example/visit', value: '1' },
    },
    performer: [
      {
        actor: at('Practitioner/p'),
        onBehalfOf: { type: 'Organization', identifier: { system: ODS, value: 'R9Z' } },
      },
    ],
  },
]

beforeAll(async () => {
  server = await startFhirTestServer({ pageSize: 500 })
  const signer = await createTestSigner()
  stored = await createTestSubgraph({ participant, signer })
  staying = await createTestSubgraph({ participant, signer, fhir: { baseUrl: server.baseUrl } })
  const bundle = { resourceType: 'Bundle', entry: ambiguous.map((resource) => ({ resource })) }
  await loadBundles(stored.db, participant, [{ name: 'ambiguous', bundle }])
  await server.put([...(ambiguous as unknown as FhirResource[]), ...asOnServer(exampleBundle)])
})
afterAll(async () => {
  await Promise.all([stored?.close(), staying?.close()])
  await server?.close()
})

/** A search without `_sort` may find the same in another order each time. */
function turnAround(): void {
  server.meddle(({ form }, { status, body }) => ({
    status,
    body: form.has('_sort') || !body.entry ? body : { ...body, entry: body.entry.toReversed() },
  }))
}

it('means the same by an identifier that several bear, in whatever order a server finds them', async () => {
  const selection = 'procedures { nodes { performers provenance { organisation { name } } } }'
  const { record: expected, errors } = await stored.askRecord(ada, selection)
  expect(errors).toBeUndefined()
  server.meddle()
  expect((await staying.askRecord(ada, selection)).record).toEqual(expected)
  turnAround()
  expect((await staying.askRecord(ada, selection)).record).toEqual(expected)
})

it('shows the same record, in whatever order a server finds what it is made of', async () => {
  const all = [...(await sectionSelections())].map(
    ([name, whole]) => `${name}(first: 500) ${whole}`,
  )
  server.meddle()
  const one = await staying.askRecord(EXAMPLE, all.join('\n'))
  turnAround()
  const other = await staying.askRecord(EXAMPLE, all.join('\n'))
  expect(one.errors).toBeUndefined()
  expect(other.errors).toBeUndefined()
  expect(other.record).toEqual(one.record)
})
