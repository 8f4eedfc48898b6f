import { type GraphQLSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql'
import { CARE_RECORD, modelOf } from '../../../record/model.ts'

/** The summary that every front end shows: all sections of a patient, and what came of each source. */
export function summaryOperation(publicSchema: GraphQLSchema): string {
  const record = publicSchema.getType(CARE_RECORD)
  const fields = isInterfaceType(record) ? record.getFields() : {}
  const sections = [...modelOf(publicSchema).sections.keys()].filter((name) =>
    isObjectType(getNamedType(fields[name]?.type)),
  )
  return `query Summary($nhsNumber: ID!) {
  patient(nhsNumber: $nhsNumber) {
    nhsNumber
    name { text }
    birthDate
    ${sections.map((name) => `${name}(first: 10) ${SECTION}`).join('\n    ')}
    sources { participant { code } outcome }
  }
}`
}

const SECTION =
  '{ status isComplete nodes { id code { display code } provenance { participant recordedAt } } }'
