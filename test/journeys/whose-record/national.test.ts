import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  type PdsTestServer,
  startPdsTestServer,
} from '../../subgraphs/index/national/pds-test-server.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { loadPerson } from './load.ts'
import type { Someone } from './records.ts'

// The people of the recorded conversation.
const KNOWN = '9990001006'
const SUPERSEDED = '9990001022'
const IN_FORCE = '9990001030'
const RESTRICTED = '9990001049'
const NOT_FOUND = '9990001138'
const AWAY = '9990001057'

const IMOGEN: Someone = { given: 'Imogen', family: 'Marlowe', birthDate: '1971-09-14' }
const DELYTH: Someone = { given: 'Delyth', family: 'Vaughan', birthDate: '1984-12-01' }
const PETRA: Someone = { given: 'Petra', family: 'Ashdown', birthDate: '1990-03-21' }
const MOE: Someone = { given: 'Moe', family: 'Stranger', birthDate: '1985-09-09' }

let pds: PdsTestServer
let folder: string
let system: TestSystem

beforeAll(async () => {
  pds = await startPdsTestServer()
  folder = await mkdtemp(join(tmpdir(), 'lcr-pds-'))
  const { baseUrl, auth } = pds.options
  if (!('privateKey' in auth.proof)) throw new Error('The recorded conversation is signed')
  await writeFile(join(folder, 'key.json'), JSON.stringify(auth.proof.privateKey))
  system = await startSystem({
    patients: [KNOWN, SUPERSEDED, IN_FORCE, RESTRICTED, NOT_FOUND, AWAY],
    env: {
      LCR_PDS_BASE_URL: baseUrl,
      LCR_PDS_TOKEN_URL: auth.tokenUrl,
      LCR_PDS_CLIENT_ID: auth.clientId,
      LCR_PDS_PRIVATE_KEY: join(folder, 'key.json'),
    },
  })
}, 60_000)
afterEach(() => pds.meddle())
afterAll(async () => {
  await system?.close()
  await pds?.close()
  await rm(folder, { recursive: true, force: true })
})

function tell(code: string, nhsNumber: string, who: Someone, more: object = {}) {
  return loadPerson(system, code, { nhsNumber, who, more })
}

async function ask(nhsNumber: string) {
  const query = `query Whose($n: ID!) { patient(nhsNumber: $n) {
    nhsNumber supersededNhsNumbers isSensitive name { family } addresses { text }
    identity { basis nationalService agreeing disagreeing unjoinedBy }
    allergies { nodes { substance { display } } }
  } }`
  const { data } = await system.ask(query, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
  const { allergies, ...shown } = data.patient
  const words = allergies.nodes.map(
    ({ substance }: { substance: { display: string } }) => substance.display,
  )
  return { ...shown, words: words.sort() }
}

describe('The national service, where one is connected', () => {
  it('decides who the patient is, though most sources say otherwise', async () => {
    await tell('ncl', KNOWN, IMOGEN)
    for (const code of ['nwl', 'sel']) await tell(code, KNOWN, MOE)
    expect(await ask(KNOWN)).toMatchObject({
      name: { family: 'Marlowe' },
      identity: {
        basis: 'NATIONAL_SERVICE',
        nationalService: 'VOUCHES',
        agreeing: ['ncl'],
        disagreeing: ['nwl', 'sel'],
      },
      words: ['ncl'],
    })
  })

  it('leads from a superseded number to the one in force, where no source says so', async () => {
    await tell('ncl', SUPERSEDED, DELYTH)
    await tell('sel', IN_FORCE, DELYTH)
    expect(await ask(SUPERSEDED)).toMatchObject({
      nhsNumber: IN_FORCE,
      supersededNhsNumbers: [SUPERSEDED],
      words: ['ncl', 'sel'],
    })
  })

  it('makes a patient sensitive whom no source has flagged', async () => {
    const address = [{ use: 'home', line: ['9 Harrow Road'], postalCode: 'W9 3XX' }]
    await tell('ncl', RESTRICTED, PETRA, { address })
    expect(await ask(RESTRICTED)).toMatchObject({ isSensitive: true, addresses: [] })
  })

  it('is asked once a day about a patient, and not by a search', async () => {
    const before = pds.seen.length
    await ask(KNOWN)
    const search = `{ findPatients(birthDate: "1990-03-21", familyName: "Ashdown") {
      nhsNumber isSensitive } }`
    const { data } = await system.ask(search, { as: 'doctor.mkuh' })
    expect(data.findPatients).toEqual([{ nhsNumber: RESTRICTED, isSensitive: true }])
    expect(pds.seen.length).toBe(before)
  })
})

describe('Nobody vouches nationally', () => {
  it('for a number that nobody bears, and the answer says so: the sources decide', async () => {
    for (const code of ['ncl', 'nwl']) await tell(code, NOT_FOUND, MOE)
    expect(await ask(NOT_FOUND)).toMatchObject({
      identity: { basis: 'MOST_SOURCES', nationalService: 'NOT_KNOWN' },
      words: ['ncl', 'nwl'],
    })
  })

  it('while the service is away, and the answer says so', async () => {
    pds.meddle((_request, response) => {
      response.writeHead(503).end()
      return true
    })
    for (const code of ['ncl', 'nwl']) await tell(code, AWAY, MOE)
    expect(await ask(AWAY)).toMatchObject({
      identity: { basis: 'MOST_SOURCES', nationalService: 'AWAY' },
      words: ['ncl', 'nwl'],
    })
  })
})
