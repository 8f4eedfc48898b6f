import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roleGroupOf, roleGroups } from '../../gateway/access/roles.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { putPatient } from './kit/test-store.ts'
import { createTestSubgraph, type TestSubgraph } from './kit/test-subgraph.ts'

const ADA = '9990000018'

/** The contract's sections, and the parts of demographics, written down a second time: see docs/access.md. */
const SECTIONS =
  'allergies medications immunisations diagnoses testResults imagingReports observations procedures appointments encounters documents carePlans socialCare mentalHealth safetyAlerts referrals'
const PARTS = ['addresses', 'telecom', 'language', 'contacts', 'generalPractice']
const ALL = `${SECTIONS} ${PARTS.join(' ')}`

/** What each role sees: a job role of every group, and who may see nothing at all. */
const ROLES: Readonly<Record<string, { readonly code: string; readonly sees: string }>> = {
  'a doctor': { code: 'R0260', sees: ALL },
  'a nurse': { code: 'R8001', sees: ALL },
  'a pharmacist': {
    code: 'R1290',
    sees: 'allergies medications immunisations diagnoses testResults observations procedures encounters documents safetyAlerts',
  },
  'a physiotherapist': {
    code: 'R1110',
    sees: ALL.replace('mentalHealth ', '').replace('socialCare ', ''),
  },
  'a social worker': {
    code: 'R1330',
    sees: 'allergies medications appointments encounters carePlans socialCare mentalHealth safetyAlerts addresses telecom language contacts',
  },
  'a receptionist': {
    code: 'R8009',
    sees: `appointments encounters referrals ${PARTS.join(' ')}`,
  },
  'a call handler': {
    code: 'R1690',
    sees: 'allergies safetyAlerts appointments addresses telecom language contacts',
  },
}

const NOBODY: Readonly<Record<string, string>> = {
  'a privacy officer': 'R0001',
  'a Caldicott guardian': 'R5105',
  'systems support': 'R8015',
  'a researcher': 'R1860',
  'a role that nobody knows': 'R9999',
  'a role in another spelling': 'r0260',
}

const contributors = (await findParticipants()).filter(isContributor)

it('Every group of roles stands in this test', () => {
  const codes = [...Object.values(ROLES).map(({ code }) => code), ...Object.values(NOBODY)]
  expect(new Set(codes.map(roleGroupOf))).toEqual(new Set([...roleGroups, null]))
})

describe.each(contributors)('$code shows of a record to', (participant) => {
  let subgraph: TestSubgraph

  beforeAll(async () => {
    subgraph = await createTestSubgraph({ participant })
    await putPatient(subgraph.db, ADA)
  })

  afterAll(() => subgraph.close())

  it.each(Object.entries(ROLES))('%s the sections of that role', async (_who, { code, sees }) => {
    const seen = new Set(sees.split(' '))
    const sections = SECTIONS.split(' ')
    const { record, errors } = await subgraph.askRecord(
      ADA,
      `nhsNumber asOf ${sections.map((name) => `${name} { status }`).join(' ')}
       demographics { name { text } birthDate gender deceasedAt isDeceased ${PARTS.map(selected).join(' ')} }`,
      { roleCode: code },
    )

    const refused = errors?.map(({ path }) => String(path?.at(-1))) ?? []
    expect(refused.sort()).toEqual(
      ALL.split(' ')
        .filter((part) => !seen.has(part))
        .sort(),
    )
    expect(new Set(errors?.map(({ extensions }) => extensions?.['code']) ?? [])).toEqual(
      new Set(refused.length > 0 ? ['FORBIDDEN'] : []),
    )
    expect([record.nhsNumber, record.demographics.name]).toEqual([ADA, { text: 'Ada Example' }])
    for (const section of sections) {
      expect([section, record[section]]).toEqual([
        section,
        seen.has(section) ? { status: 'NOTHING_RECORDED' } : null,
      ])
    }
    for (const part of PARTS.filter((name) => !seen.has(name))) {
      expect([part, record.demographics[part]]).toEqual([part, null])
    }
  })

  it.each(Object.entries(NOBODY))('%s nothing', async (_who, roleCode) => {
    for (const selection of ['nhsNumber', 'asOf', 'demographics { birthDate }', '__typename']) {
      const { data, errors } = await subgraph.askRecord(ADA, selection, { roleCode })

      expect(data).toBeNull()
      expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN' }])
    }
  })
})

function selected(part: string): string {
  if (part === 'generalPractice') return `${part} { odsCode }`
  if (part === 'addresses') return `${part} { postcode }`
  return part === 'telecom'
    ? `${part} { value }`
    : part === 'language'
      ? `${part} { code }`
      : `${part} { name }`
}
