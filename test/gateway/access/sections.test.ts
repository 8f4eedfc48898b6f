import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isInterfaceType, isNonNullType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { permissionTree } from '../../../gateway/access/permissions.ts'
import { type RoleGroup, roleGroupOf, roleGroups } from '../../../gateway/access/roles.ts'
import { actions, hiddenFields, sections, sectionsOf } from '../../../gateway/access/sections.ts'
import { createApolloExecutor } from '../../../gateway/federation/apollo-executor.ts'
import { extendWithMergedRecord } from '../../../gateway/record/public-schema.ts'
import { projectRoot } from '../../../project-root.ts'

describe('who sees what', () => {
  const seen: Record<RoleGroup, string> = {
    DOCTOR: sections.join(' '),
    NURSE: sections.join(' '),
    PHARMACIST:
      'identity allergies medications immunisations diagnoses testResults observations procedures encounters documents safetyAlerts',
    ALLIED_HEALTH:
      'identity demographics generalPractice allergies medications immunisations diagnoses testResults imagingReports observations procedures appointments encounters documents carePlans safetyAlerts referrals',
    SOCIAL_CARE:
      'identity demographics allergies medications appointments encounters carePlans socialCare mentalHealth safetyAlerts',
    CLERICAL: 'identity demographics generalPractice appointments encounters referrals',
    CALL_HANDLER: 'identity demographics allergies safetyAlerts appointments',
    PRIVACY_OFFICER: '',
    CALDICOTT_GUARDIAN: '',
  }

  it.each(Object.entries(seen))('%s: %s', (group, expected) => {
    expect([...sectionsOf[group as RoleGroup]].sort()).toEqual(
      expected.split(' ').filter(Boolean).sort(),
    )
  })

  it('hides what would tell a diagnosis from who sees none, and the content of referrals from clerical staff', () => {
    const appointments = {
      section: 'appointments',
      fields: ['reasons', 'description', 'notes'],
    }
    expect(hiddenFields).toEqual({
      SOCIAL_CARE: {
        Medication: { section: 'medications', fields: ['reasons', 'statusReason'] },
        Appointment: { section: 'appointments', fields: ['reasons'] },
        Encounter: { section: 'encounters', fields: ['reasons', 'diagnoses', 'notes'] },
        CarePlan: { section: 'carePlans', fields: ['addresses'] },
      },
      CALL_HANDLER: { Appointment: appointments },
      CLERICAL: {
        Appointment: appointments,
        Encounter: { section: 'encounters', fields: ['reasons', 'diagnoses', 'notes'] },
        Referral: {
          section: 'referrals',
          fields: ['code', 'reasons', 'description', 'notes', 'likeness', 'possibleDuplicateOf'],
        },
      },
    })
  })
})

describe('who is who', () => {
  it.each([
    ['R0260', 'DOCTOR'],
    ['R8000', 'DOCTOR'],
    ['R8001', 'NURSE'],
    ['R1975', 'NURSE'],
    ['R1290', 'PHARMACIST'],
    ['R1070', 'ALLIED_HEALTH'],
    ['R1330', 'SOCIAL_CARE'],
    ['R8009', 'CLERICAL'],
    ['R1690', 'CALL_HANDLER'],
    ['R0001', 'PRIVACY_OFFICER'],
    ['R5105', 'CALDICOTT_GUARDIAN'],
  ])('%s is %s', (code, group) => {
    expect(roleGroupOf(code)).toBe(group)
  })

  it.each([
    'R8015',
    'R1860',
    'R1840',
    'R1890',
    'R1850',
    'R9100',
    'R9104',
    'R4711',
    '',
    'constructor',
  ])('%s is nobody', (code) => {
    expect(roleGroupOf(code)).toBeNull()
  })
})

describe('the permissions tree of the published schema', () => {
  const schema = publishedSchema()

  it('rules over every root field, and knows every one', async () => {
    const { getQueryType, getMutationType } = await schema.then((one) => ({
      getQueryType: one.getQueryType(),
      getMutationType: one.getMutationType(),
    }))
    const fields = [getQueryType, getMutationType].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    )
    expect(Object.keys(actions).sort()).toEqual(fields.sort())
  })

  it('knows every section of the contract', async () => {
    const record = (await schema).getType('CareRecord')
    const fields = isInterfaceType(record) ? Object.values(record.getFields()) : []
    const published = fields.filter(({ type }) => String(type).endsWith('Connection'))
    const known = sections.filter(
      (section) => !['identity', 'demographics', 'generalPractice'].includes(section),
    )
    expect(published.map(({ name }) => name).sort()).toEqual([...known].sort())
  })

  it('rules over every field of a patient and of every source’s record', async () => {
    const tree = permissionTree(await schema, {})
    const types = [
      ...(await schema).getPossibleTypes((await schema).getType('CareRecord') as never),
    ]
    expect(types.length).toBe(11)
    for (const { name } of [
      ...types,
      { name: 'Patient' },
      { name: 'PatientMatch' },
      { name: 'Demographics' },
    ]) {
      const type = (await schema).getType(name)
      expect(Object.keys(tree[name] ?? {})).toEqual(
        isObjectType(type) ? Object.keys(type.getFields()) : [],
      )
    }
  })

  it('denies only what the schema allows to be null, so that nothing else is lost with it', async () => {
    const mustBe: string[] = []
    const never = new Set(['identity'])
    for (const type of Object.values((await schema).getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue
      for (const field of Object.values(type.getFields())) {
        const isRoot = type.name === 'Query' || type.name === 'Mutation'
        const isHidden = roleGroups.some((group) =>
          hiddenFields[group]?.[type.name]?.fields.includes(field.name),
        )
        const isSection =
          (sections as readonly string[]).includes(field.name) && !never.has(field.name)
        const isDemographic =
          ['Patient', 'Demographics', 'PatientMatch'].includes(type.name) &&
          [
            'addresses',
            'address',
            'postcode',
            'telecom',
            'language',
            'contacts',
            'generalPractice',
          ].includes(field.name)
        const isOpen = isRoot && actions[field.name] === 'EVERYBODY'
        if (isOpen || !(isRoot || isHidden || isSection || isDemographic)) continue
        if (isNonNullType(field.type)) mustBe.push(`${type.name}.${field.name}`)
      }
    }
    expect(mustBe).toEqual([])
  })
})

/** What clients see, from the supergraph as it is published; nobody is asked anything. */
async function publishedSchema() {
  const executor = await createApolloExecutor({
    supergraphSdl: await readFile(join(projectRoot, 'supergraph.graphql'), 'utf8'),
    sourceFor: ({ name }) => ({
      name,
      ask: () => Promise.reject(new Error('Nobody is to be asked')),
      close: async () => {},
    }),
  })
  await executor.close()
  return extendWithMergedRecord(executor.schema)
}
