import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testNhsNumbers } from '../../../population/nhs-number.ts'
import { eventually } from '../../cli/start/system.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'
import { load, loadPerson } from './load.ts'
import { allergy, NHS_NUMBER, patient, type Sent, type Someone } from './records.ts'

const generated = testNhsNumbers()
const all = Array.from({ length: 40 }, () => generated.next().value)
let taken = 0
/** A number of nobody else in these tests. */
const aNumber = () => all[taken++] ?? ''

const KIM: Someone = { given: 'Kim', family: 'Kept', birthDate: '1962-01-12' }
const EVE: Someone = { given: 'Eve', family: 'Else', birthDate: '1985-09-09' }

const STATUS = {
  url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
  system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
}

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ patients: all, env: { LCR_ALERT_INTERVAL_MS: '100' } })
}, 60_000)
afterAll(() => system?.close())

/** A Patient as written, with an allergy whose words name the source. */
async function tell(code: string, sent: Sent) {
  const id = String(sent['id'])
  return load(system, code, [sent, allergy(`${id}-a`, id, code)])
}

function tellPlain(code: string, nhsNumber: string, who: Someone) {
  return loadPerson(system, code, { nhsNumber, who })
}

const QUERY = `query Whose($n: ID!) { patient(nhsNumber: $n) {
  nhsNumber supersededNhsNumbers name { family } identity { basis unjoinedBy }
  allergies { status isComplete nodes { substance { display } } }
  sources { participant { code } outcome }
} }`

interface Shown {
  readonly words: readonly string[]
  readonly outcomes: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

async function ask(nhsNumber: string): Promise<Shown | null> {
  const { data } = await system.ask(QUERY, { as: 'doctor.mkuh', variables: { n: nhsNumber } })
  if (data.patient === null) return null
  const { allergies, sources, ...shown } = data.patient
  const words: string[] = allergies.nodes.map(
    ({ substance }: { substance: { display: string } }) => substance.display,
  )
  const outcomes = sources.map((one: { participant: { code: string }; outcome: string }) => [
    one.participant.code,
    one.outcome,
  ])
  return { ...shown, allergies, words: words.sort(), outcomes: Object.fromEntries(outcomes) }
}

const numbered = (value: string, more: object = {}) => ({ system: NHS_NUMBER, value, ...more })
const linked = (type: string, value: string) => [{ type, other: { identifier: numbered(value) } }]

describe('a link between two numbers', () => {
  it.each<[string, Someone, Someone, (old: string, now: string) => object]>([
    ['of two living people', EVE, KIM, (_old, now) => ({ link: linked('replaced-by', now) })],
    [
      'of twins',
      { ...KIM, given: 'Tim' },
      KIM,
      (_old, now) => ({ link: linked('replaced-by', now) }),
    ],
    [
      'from somebody whose date of birth is blank',
      { ...KIM, birthDate: null },
      KIM,
      (_old, now) => ({ link: linked('replaced-by', now) }),
    ],
  ])('%s joins nothing (their records were joined without a word)', async (...row) => {
    const [, before, after, how] = row
    const [old, now] = [aNumber(), aNumber()]
    await tell('nel', patient(`p-${old}`, old, before, { ...how(old, now) }))
    await tellPlain('sel', now, after)
    const [first, second] = [await ask(old), await ask(now)]
    expect(first).toMatchObject({
      nhsNumber: old,
      words: ['nel'],
      identity: { unjoinedBy: ['nel'] },
    })
    expect(second).toMatchObject({ nhsNumber: now, words: ['sel'] })
    expect(second).toMatchObject({ supersededNhsNumbers: [], identity: { unjoinedBy: ['nel'] } })
    const alerts = async () => {
      const asked = `{ privacyAlerts(rule: NUMBERS_NOT_JOINED, nhsNumber: "${now}") {
        nodes { participant } } }`
      return (await system.ask(asked, { as: 'privacy-officer.sel' })).data.privacyAlerts.nodes
    }
    await eventually(async () => (await alerts()).length > 0)
    expect(await alerts()).toEqual([{ participant: 'nel' }])
  })

  it.each<[string, (old: string) => object]>([
    ['the survivor’s old number, marked so', (old) => ({ use: 'old', value: old })],
    [
      'the survivor’s old number, by its period',
      (old) => ({ period: { end: '2020-01-01' }, value: old }),
    ],
  ])('is also %s (the source that holds it was not asked: NOTHING_RECORDED)', async (_, former) => {
    const [old, now] = [aNumber(), aNumber()]
    const identifier = [numbered(now), { ...numbered(old), ...former(old) }]
    await load(system, 'nel', [patient(`p-${now}`, now, KIM, { identifier })])
    await tellPlain('sel', old, KIM)
    for (const number of [now, old]) {
      expect(await ask(number)).toMatchObject({
        nhsNumber: now,
        supersededNhsNumbers: [old],
        words: ['sel'],
        outcomes: { sel: 'ANSWERED' },
      })
    }
  })

  it('is also what the survivor is said to replace, and one that nobody else holds leads on', async () => {
    const [old, unheld, now] = [aNumber(), aNumber(), aNumber()]
    const link = [...linked('replaces', old), ...linked('replaces', unheld)]
    await tell('nel', patient(`p-${now}`, now, KIM, { link }))
    await tellPlain('sel', old, { ...KIM, family: 'KEPT' })
    for (const number of [now, old, unheld]) {
      expect(await ask(number)).toMatchObject({ nhsNumber: now, words: ['nel', 'sel'] })
    }
  })

  it('ends when it is taken back: the records are two again', async () => {
    const [old, now] = [aNumber(), aNumber()]
    await tell('nel', patient(`p-${now}`, now, KIM, { link: linked('replaces', old) }))
    await tellPlain('sel', old, KIM)
    expect(await ask(old)).toMatchObject({ nhsNumber: now, words: ['nel', 'sel'] })
    await tellPlain('nel', now, KIM)
    expect(await ask(old)).toMatchObject({ nhsNumber: old, words: ['sel'] })
    expect(await ask(now)).toMatchObject({
      nhsNumber: now,
      supersededNhsNumbers: [],
      words: ['nel'],
    })
  })
})

describe('a number that is not the patient’s', () => {
  const status = (code: string) => ({
    extension: [
      { url: STATUS.url, valueCodeableConcept: { coding: [{ system: STATUS.system, code }] } },
    ],
  })
  it.each<[string, object, string]>([
    ['is marked as old', { use: 'old' }, 'NHS_NUMBER_WITHDRAWN'],
    ['has ended', { period: { end: '2023-12-31' } }, 'NHS_NUMBER_WITHDRAWN'],
    ['is not traced', status('number-present-but-not-traced'), 'NHS_NUMBER_NOT_VERIFIED'],
    ['is to be traced, in an older code', status('03'), 'NHS_NUMBER_NOT_VERIFIED'],
    ['has a status that nobody knows', status('perhaps'), 'NHS_NUMBER_NOT_VERIFIED'],
  ])(
    'where it %s: it is refused by its reason, and nothing of it is shown (a sibling’s was)',
    async (_what, more, reason) => {
      const number = aNumber()
      await tellPlain('nel', number, KIM)
      const sibling = { given: 'Zed', family: KIM.family, birthDate: '1985-09-09' }
      const report = await tell(
        'sel',
        patient(`p-${number}`, number, sibling, { identifier: [numbered(number, more)] }),
      )
      expect(report.refusalCounts).toEqual({ [reason]: 1, UNKNOWN_PATIENT: 1 })
      expect(await ask(number)).toMatchObject({
        name: { family: 'Kept' },
        words: ['nel'],
        outcomes: { nel: 'ANSWERED', sel: 'NO_RECORD' },
      })
    },
  )

  it('any more takes the record away that was shown under it', async () => {
    const number = aNumber()
    await tellPlain('nel', number, KIM)
    await tellPlain('sel', number, EVE)
    expect(await ask(number)).toMatchObject({ identity: { basis: 'UNDECIDED' }, words: [] })
    const identifier = [numbered(number, { use: 'old' })]
    await load(system, 'sel', [patient(`p-${number}`, number, EVE, { identifier })])
    expect(await ask(number)).toMatchObject({
      identity: { basis: 'ONLY_SOURCE' },
      words: ['nel'],
      outcomes: { sel: 'NO_RECORD' },
    })
  })
})
