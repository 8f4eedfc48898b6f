import { buildSchema, isEnumType, isObjectType, printSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { extendWithMergedRecord } from '../../../gateway/record/public-schema.ts'
import { apiSchema, publicSchema } from './ask.ts'
import { sectionNames } from './contract-schema.ts'

describe('extendWithMergedRecord', () => {
  it('gives the patient every section of the contract, with its arguments and descriptions', () => {
    const patient = publicSchema.getType('Patient')
    const record = apiSchema.getType('NelRecord')
    if (!isObjectType(patient) || !isObjectType(record)) throw new Error('Types are missing')
    expect(sectionNames(apiSchema)).toHaveLength(16)
    for (const name of sectionNames(apiSchema)) {
      const [merged, source] = [patient.getFields()[name], record.getFields()[name]]
      const told = (field: typeof merged) => ({
        description: field?.description,
        type: String(field?.type),
        args: field?.args.map(({ name: arg, type, defaultValue, description }) => ({
          arg,
          type: String(type),
          defaultValue,
          description,
        })),
      })
      expect(told(merged)).toEqual(told(source))
    }
  })

  it('describes the sources of an answer', () => {
    const patient = publicSchema.getType('Patient')
    expect(isObjectType(patient) && String(patient.getFields()['sources']?.type)).toBe('[Source!]!')
    const fieldsOf = (name: string) => {
      const type = publicSchema.getType(name)
      if (!isObjectType(type)) return null
      return Object.values(type.getFields()).map((field) => `${field.name}: ${field.type}`)
    }
    expect(fieldsOf('Source')).toEqual([
      'participant: SourceParticipant!',
      'outcome: SourceOutcome!',
      'asOf: DateTime',
      'latencyMs: Int',
      'notShared: [TimelineSection!]!',
    ])
    expect(fieldsOf('SourceParticipant')).toEqual([
      'code: ID!',
      'name: String!',
      'kind: ParticipantKind!',
    ])
  })

  it('describes every type and field that it adds', () => {
    for (const name of ['Source', 'SourceParticipant', 'SourceOutcome']) {
      const type = publicSchema.getType(name)
      const parts = isEnumType(type)
        ? type.getValues()
        : isObjectType(type)
          ? Object.values(type.getFields())
          : []
      expect(parts.length).toBeGreaterThan(2)
      for (const part of [type, ...parts]) expect(part?.description).toBeTruthy()
    }
  })

  it('changes nothing else', () => {
    const added = printSchema(publicSchema).split('\n')
    const missing = printSchema(apiSchema)
      .split('\n')
      .filter((line) => !added.includes(line))
    expect(missing).toEqual([])
  })

  it('takes a further section and a further participant without a change here', () => {
    const sdl = printSchema(apiSchema)
      .replaceAll(
        / {2}"""Laboratory results, and the reports that gather them\."""/g,
        '  bloodPressures(first: Int = 7, after: String): ObservationConnection\n$&',
      )
      .concat('\ntype SomeLater { code: ID }')
    const patient = extendWithMergedRecord(buildSchema(sdl)).getType('Patient')
    const field = isObjectType(patient) ? patient.getFields()['bloodPressures'] : undefined
    expect(String(field?.type)).toBe('ObservationConnection')
  })

  it('refuses a section that it could not merge', () => {
    const sdl = printSchema(apiSchema).replace(
      'type AllergyConnection {',
      'type AllergyConnection {\n  totalCount: Int\n',
    )
    expect(() => extendWithMergedRecord(buildSchema(sdl))).toThrow(/allergies cannot be merged/)
  })

  it('refuses a schema without records', () => {
    expect(() => extendWithMergedRecord(buildSchema('type Query { a: Int }'))).toThrow(/CareRecord/)
  })
})
