import { buildASTSchema, getNamedType, isObjectType } from 'graphql'
import { sections } from '../../subgraphs/kit/fhir/sections.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { wholeSelection } from './whole-selection.ts'

/** A selection of every field that a section's connection has, by the section's name. */
export async function sectionSelections(): Promise<Map<string, string>> {
  const schema = buildASTSchema(await readContract())
  const record = schema.getType('CareRecord')
  if (record === undefined || !('getFields' in record)) throw new Error('no CareRecord')
  const fields = record.getFields()
  return new Map(
    sections.map(({ section: name }) => {
      const type = fields[name] && 'type' in fields[name] ? getNamedType(fields[name].type) : null
      if (!isObjectType(type)) throw new Error(`no ${name}`)
      return [name, wholeSelection(schema, type.name)]
    }),
  )
}
