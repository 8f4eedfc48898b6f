import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, at, patient } from '../load/resources.ts'
import { createTestSigner } from '../test-signer.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'
import { type FhirTestServer, startFhirTestServer, type TestAnswer } from './fhir-test-server.ts'

let server: FhirTestServer
let subgraph: TestSubgraph

beforeAll(async () => {
  server = await startFhirTestServer()
  const signer = await createTestSigner()
  subgraph = await createTestSubgraph({ participant, signer, fhir: { baseUrl: server.baseUrl } })
})
afterAll(async () => {
  await subgraph?.close()
  await server?.close()
})

/** As HAPI FHIR does: what a search found is what it finds for a minute, unless the caller says no. */
function answerFromBefore(): void {
  const before = new Map<string, TestAnswer>()
  server.meddle(({ type, form, headers }, answer) => {
    const key = `${type}?${form}`
    const known = headers['cache-control'] === 'no-cache' ? undefined : before.get(key)
    before.set(key, known ?? answer)
    return known ?? answer
  })
}

const allergy = (id: string) => ({
  resourceType: 'AllergyIntolerance',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: id },
  patient: at('Patient/a'),
})

async function namesOf(): Promise<string[]> {
  const { record, errors } = await subgraph.askRecord(ada, 'allergies { nodes { code { text } } }')
  expect(errors).toBeUndefined()
  return record.allergies.nodes.map((one: { code: { text: string } }) => one.code.text).sort()
}

it('shows an allergy that came since the last answer, though the server would answer from memory', async () => {
  const put = (resources: object[]) => server.put(resources as FhirResource[])
  answerFromBefore()
  await put([patient('a', ada), allergy('nuts')])
  expect(await namesOf()).toEqual(['nuts'])

  await put([allergy('penicillin')])
  expect(await namesOf()).toEqual(['nuts', 'penicillin'])

  await server.remove('AllergyIntolerance', 'nuts')
  expect(await namesOf()).toEqual(['penicillin'])
})

it('asks for the capabilities and the feed no less freshly', async () => {
  const { errors } = await subgraph.ask('{ nelFeed(first: 10) { hasMore } }', 'feed.read')
  expect(errors).toBeUndefined()
  expect(server.seen.map(({ url }) => url)).toContain('/metadata')
  expect(new Set(server.seen.map(({ headers }) => headers['cache-control']))).toEqual(
    new Set(['no-cache']),
  )
})
