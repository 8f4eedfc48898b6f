import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSystem, type TestSystem } from '../../../support/system.ts'

const ADA = '9990000018'
const OFFICER = { as: 'privacy-officer.sel' }

let system: TestSystem

beforeAll(async () => {
  system = await startSystem({ stories: ['ada'], relationships: 'AS_TOLD' })
  await system.ask(`{ patient(nhsNumber: "${ADA}") { allergies { nodes { id } } } }`, {
    as: 'ed-doctor.sel',
  })
}, 60_000)
afterAll(() => system?.close())

describe('Through the graph', () => {
  it('an officer finds who looked at a patient, their own look included', async () => {
    const { data, errors } = await system.ask(
      `{ accessEvents(nhsNumber: "${ADA}", first: 2) {
        nodes { action isPermitted sections user { name organisation { odsCode } } }
        pageInfo { hasNextPage }
      } }`,
      OFFICER,
    )
    expect(errors).toBeUndefined()
    expect(data?.['accessEvents']).toEqual({
      nodes: [
        {
          action: 'accessEvents',
          isPermitted: true,
          sections: [],
          user: { name: 'Denise Clarke', organisation: { odsCode: 'RJZ' } },
        },
        {
          action: 'patient',
          isPermitted: true,
          sections: ['allergies'],
          user: { name: 'Dr Tom Adeyemi', organisation: { odsCode: 'RJZ' } },
        },
      ],
      pageInfo: { hasNextPage: false },
    })
  })

  it('an officer gets a patient’s report', async () => {
    const { data, errors } = await system.ask(
      `{ accessReport(nhsNumber: "${ADA}") { entries { who what wasRefused } html } }`,
      OFFICER,
    )
    expect(errors).toBeUndefined()
    const report = data?.['accessReport'] as { entries: unknown[]; html: string }
    expect(report.entries).toContainEqual({
      who: "A consultant at King's College Hospital NHS Foundation Trust",
      what: 'Opened your record: your allergies.',
      wasRefused: false,
    })
    expect(report.html).toMatch(/^<!doctype html>/)
  })

  it.each(['accessEvents { nodes { id } }', `accessReport(nhsNumber: "${ADA}") { text }`])(
    'nobody who cares for patients may ask for %s',
    async (field) => {
      const { data, errors } = await system.ask(`{ ${field} }`, { as: 'ed-doctor.sel' })
      expect(Object.values(data ?? {})).toEqual([null])
      expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FIELD_NOT_PERMITTED'])
    },
  )
})
