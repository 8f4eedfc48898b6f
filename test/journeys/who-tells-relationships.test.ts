import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import { runLcr } from '../cli/run-lcr.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'
const DAY_MS = 86_400_000

let system: TestSystem
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-who-tells-'))
  system = await startSystem({ relationships: 'AS_TOLD' })
  const all = scenes.flatMap(({ told }) => told)
  const codes = [...new Set(all.map(({ by }) => by))]
  const toldBy = (code: string) => all.filter(({ by }) => by === code)
  await Promise.all(
    codes.map((code) =>
      load(
        code,
        toldBy(code).flatMap(({ resources }) => resources),
      ),
    ),
  )
  await system.catchUp()
}, 120_000)

afterAll(async () => {
  await system?.close()
  await rm(folder, { recursive: true, force: true })
})

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()
const organisation = (odsCode: string) => ({
  type: 'Organization',
  identifier: { system: ODS, value: odsCode },
})

let ids = 0
const of = (nhsNumber: string, resourceType: string, content: object) => {
  ids += 1
  const subject = { reference: `Patient/p${nhsNumber}` }
  return { resourceType, id: `${resourceType.toLowerCase()}-${ids}`, subject, ...content }
}

const patient = (
  nhsNumber: string,
  practices: readonly object[] = [],
  lastUpdated = daysAgo(400),
) => ({
  resourceType: 'Patient',
  id: `p${nhsNumber}`,
  meta: { lastUpdated },
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber }],
  name: [{ use: 'usual', family: 'Ashworth', given: ['Imogen'] }],
  birthDate: '1971-07-09',
  generalPractitioner: practices,
})

const practice = (odsCode: string, start?: string) => {
  const { type, identifier } = organisation(odsCode)
  return { type, identifier: start ? { ...identifier, period: { start } } : identifier }
}

const referral = (nhsNumber: string, from: string, to: string) =>
  of(nhsNumber, 'ServiceRequest', {
    status: 'active',
    intent: 'order',
    authoredOn: daysAgo(20),
    requester: organisation(from),
    performer: [organisation(to)],
  })

const appointment = (nhsNumber: string, at: string) => {
  const { subject, ...booking } = of(nhsNumber, 'Appointment', {
    status: 'booked',
    start: daysAgo(-5),
    participant: [
      { actor: { reference: `Patient/p${nhsNumber}` }, status: 'accepted' },
      { actor: organisation(at), status: 'accepted' },
    ],
  })
  return subject ? booking : {}
}

const visit = (nhsNumber: string, at: string, kind = 'EMER') =>
  of(nhsNumber, 'Encounter', {
    status: 'finished',
    class: { code: kind },
    period: { start: daysAgo(21), end: daysAgo(20) },
    serviceProvider: organisation(at),
  })

const caseload = (nhsNumber: string, at: string) => {
  const { subject, ...episode } = of(nhsNumber, 'EpisodeOfCare', {
    status: 'active',
    patient: { reference: `Patient/p${nhsNumber}` },
    period: { start: daysAgo(60) },
    managingOrganization: organisation(at),
  })
  return subject ? episode : {}
}

interface Scene {
  readonly what: string
  readonly nhsNumber: string
  readonly told: readonly { readonly by: string; readonly resources: readonly object[] }[]
  readonly as: string
  readonly at?: string
  /** What came out when whoever told a relationship was believed. */
  readonly before: 'SEEN' | 'NO_LEGITIMATE_RELATIONSHIP'
  readonly now: 'SEEN' | 'NO_LEGITIMATE_RELATIONSHIP'
}

const tell = (by: string, ...resources: readonly object[]) => ({ by, resources })
const CLOSED = 'NO_LEGITIMATE_RELATIONSHIP'

const scenes: readonly Scene[] = [
  {
    what: 'a practice that another region names',
    nhsNumber: '9990007705',
    told: [tell('sel', patient('9990007705', [practice('Y02633')]))],
    ...{ as: 'gp.nel', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'a practice that a trust outside London names, of a patient registered at another one',
    nhsNumber: '9990007713',
    told: [
      tell('mkuh', patient('9990007713', [practice('Y02633')])),
      tell('nel', patient('9990007713', [practice('F86023')])),
    ],
    ...{ as: 'gp.nel', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'the practice that its own source names beside the others',
    nhsNumber: '9990007721',
    told: [
      tell('sel', patient('9990007721', [practice('E83034')])),
      tell('nel', patient('9990007721', [practice('Y02633')])),
    ],
    ...{ as: 'gp.nel', before: 'SEEN', now: 'SEEN' },
  },
  {
    what: 'a referral by a hospital that has nothing to do with the patient',
    nhsNumber: '9990007748',
    told: [
      tell('ncl', patient('9990007748'), referral('9990007748', 'RRV', 'RJZ')),
      tell('sel', patient('9990007748')),
    ],
    ...{ as: 'ed-doctor.sel', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'a referral in the name of a practice where the patient is not registered',
    nhsNumber: '9990007756',
    told: [
      tell('sel', patient('9990007756'), referral('9990007756', 'Y02633', 'RJZ')),
      tell('nel', patient('9990007756', [practice('F86023')])),
    ],
    ...{ as: 'ed-doctor.sel', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'a referral, to the one who asks',
    nhsNumber: '9990007764',
    told: [tell('sel', patient('9990007764'), referral('9990007764', 'RJZ', 'RRV'))],
    ...{ as: 'ed-doctor.sel', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'a referral by the practice, told by the practice',
    nhsNumber: '9990007772',
    told: [
      tell(
        'nel',
        patient('9990007772', [practice('Y02633')]),
        referral('9990007772', 'Y02633', 'RRV'),
      ),
    ],
    ...{ as: 'nurse.ncl', before: 'SEEN', now: 'SEEN' },
  },
  {
    what: 'a referral by the practice, told by the hospital that received it',
    nhsNumber: '9990007780',
    told: [
      tell('nel', patient('9990007780', [practice('Y02633')])),
      tell('sel', patient('9990007780'), referral('9990007780', 'Y02633', 'RJZ')),
    ],
    ...{ as: 'ed-doctor.sel', before: 'SEEN', now: 'SEEN' },
  },
  {
    what: 'an appointment that another region tells',
    nhsNumber: '9990007799',
    told: [tell('nel', patient('9990007799'), appointment('9990007799', 'RJZ'))],
    ...{ as: 'ed-doctor.sel', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'an admission that another region tells',
    nhsNumber: '9990007802',
    told: [tell('swl', patient('9990007802'), visit('9990007802', 'RRV', 'IMP'))],
    ...{ as: 'nurse.ncl', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'a registration after which another practice began',
    nhsNumber: '9990007810',
    told: [
      tell('nel', patient('9990007810', [practice('Y02633', '2015-02-01')])),
      tell('ncl', patient('9990007810', [practice('E83034', '2024-09-01')])),
    ],
    ...{ as: 'gp.nel', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'a registration recorded before that of another practice',
    nhsNumber: '9990007829',
    told: [
      tell('nel', patient('9990007829', [practice('Y02633')], daysAgo(900))),
      tell('ncl', patient('9990007829', [practice('E83034')], daysAgo(90))),
    ],
    ...{ as: 'gp.nel', before: 'SEEN', now: CLOSED },
  },
  {
    what: 'the newer registration elsewhere',
    nhsNumber: '9990007829',
    told: [],
    ...{ as: 'gp.nel', at: 'E83034', before: 'SEEN', now: 'SEEN' },
  },
  {
    what: "the view-only trust's own caseload",
    nhsNumber: '9990007837',
    told: [
      tell('whth', patient('9990007837')),
      tell('hpft', patient('9990007837'), caseload('9990007837', 'RWR')),
    ],
    ...{ as: 'clinician.hpft', before: CLOSED, now: 'SEEN' },
  },
  {
    what: "the view-only trust's own appointment",
    nhsNumber: '9990007845',
    told: [
      tell('whth', patient('9990007845')),
      tell('hpft', patient('9990007845'), appointment('9990007845', 'RWR')),
    ],
    ...{ as: 'clinician.hpft', before: CLOSED, now: 'SEEN' },
  },
  {
    what: 'a referral that the view-only trust received, by a hospital that saw the patient',
    nhsNumber: '9990007853',
    told: [
      tell('whth', patient('9990007853'), visit('9990007853', 'RWG')),
      tell('hpft', patient('9990007853'), referral('9990007853', 'RWG', 'RWR')),
    ],
    ...{ as: 'clinician.hpft', before: CLOSED, now: 'SEEN' },
  },
  {
    what: 'a referral that the view-only trust tells, by a hospital that never saw the patient',
    nhsNumber: '9990007861',
    told: [
      tell('whth', patient('9990007861')),
      tell('hpft', patient('9990007861'), referral('9990007861', 'RWG', 'RWR')),
    ],
    ...{ as: 'clinician.hpft', before: CLOSED, now: CLOSED },
  },
]

describe('a relationship counts by who tells it', () => {
  it.each(scenes)('$what: it was $before, it is $now', async ({ nhsNumber, as, at, now }) => {
    expect(await codeOf(nhsNumber, as, at)).toBe(now)
  })

  it('and what does not count is kept', async () => {
    const db = system.databaseOf('sel')
    const kept = await db
      .selectFrom('care_relationship')
      .select(['ods_code', 'kind'])
      .where('nhs_number', '=', '9990007705')
      .execute()
    await db.destroy()
    expect(kept).toEqual([{ ods_code: 'Y02633', kind: 'GP_REGISTRATION' }])
  })
})

describe('a trust that only views', () => {
  it('publishes no record of whom it has relationships with', async () => {
    const { data } = await system.ask(
      `{ patient(nhsNumber: "9990007837") { sources { participant { code } outcome } } }`,
      { as: 'clinician.hpft' },
    )
    const own = data.patient.sources.filter(
      (one: { participant: { code: string } }) => one.participant.code === 'hpft',
    )
    expect(own.every((one: { outcome: string }) => one.outcome !== 'ANSWERED')).toBe(true)
    const db = system.databaseOf('hpft')
    expect(await db.selectFrom('item').selectAll().execute()).toEqual([])
    await db.destroy()
  })

  it('takes in what shows relationships, and counts all else as unsupported', async () => {
    const nhsNumber = '9990007888'
    const report = await load('hpft', [
      patient(nhsNumber),
      caseload(nhsNumber, 'RWR'),
      of(nhsNumber, 'Condition', { code: { text: 'Anxiety' } }),
      of(nhsNumber, 'AllergyIntolerance', { code: { text: 'Latex' } }),
    ])
    expect(report.counts.map((one) => [one.resourceType, one.loaded, one.unsupported])).toEqual([
      ['AllergyIntolerance', 0, 1],
      ['Condition', 0, 1],
      ['EpisodeOfCare', 1, 0],
      ['Patient', 1, 0],
    ])
  })

  it('brings a file of them, which its feed leaves alone and the next file replaces', async () => {
    const [one, other] = ['9990007896', '9990007918'] as const
    await load('whth', [patient(one), patient(other), visit(other, 'RWG')])
    await system.catchUp()
    expect(await codeOf(one, 'clinician.hpft')).toBe(CLOSED)
    const today = daysAgo(1).slice(0, 10)
    await bring(`${one},RWR,caseload,${today},,`, `${other},RWR,referral,${today},,RWG`)
    expect(await codeOf(one, 'clinician.hpft')).toBe('SEEN')
    expect(await codeOf(other, 'clinician.hpft')).toBe('SEEN')
    await load('hpft', [patient(one)])
    await system.catchUp()
    expect(await codeOf(one, 'clinician.hpft')).toBe('SEEN')
    await bring(`${other},RWR,referral,${today},,RWG`)
    expect(await codeOf(one, 'clinician.hpft')).toBe(CLOSED)
    expect(await codeOf(other, 'clinician.hpft')).toBe('SEEN')
  })
})

async function bring(...lines: readonly string[]): Promise<void> {
  const text = ['nhs_number,ods_code,kind,start,end,referrer', ...lines].join('\n')
  const url = system.settings['DATABASE_URL'] ?? ''
  const run = await runLcr(
    join(folder, 'none'),
    ['relationships', 'import', 'hpft', '-', '--database-url', url],
    text,
  )
  expect([run.code, run.err]).toEqual([0, ''])
}

async function load(code: string, resources: readonly object[]) {
  const participant = system.participants.find((one) => one.code === code)
  if (!participant) throw new Error(`There is no participant ${code}`)
  const db = system.databaseOf(code)
  try {
    const entry = resources.map((resource) => ({ resource }))
    const bundle = { resourceType: 'Bundle', type: 'collection', entry }
    const report = await loadBundles(db, participant, [{ name: 'test', bundle }])
    expect(report.refusals).toEqual([])
    return report
  } finally {
    await db.destroy()
  }
}

async function codeOf(nhsNumber: string, as: string, at?: string): Promise<unknown> {
  const { data, errors = [] } = await system.ask(
    `{ patient(nhsNumber: "${nhsNumber}") { nhsNumber } }`,
    at === undefined ? { as } : { as, at },
  )
  if (errors.length > 0) return errors.map(({ extensions }) => extensions?.code).join()
  return data.patient === null ? 'NOBODY' : 'SEEN'
}
