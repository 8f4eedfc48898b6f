import { type GraphQLSchema, isInterfaceType } from 'graphql'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { sectionsOfExtensions } from '../access/extensions.ts'
import { groupNames, sayGroups } from '../access/group-names.ts'
import { sectionsOfFields } from '../access/permissions.ts'
import { type RoleGroup, roleGroups } from '../access/roles.ts'
import { actions, hidesField, maySee, seesEverything } from '../access/sections.ts'
import { CARE_RECORD, PATIENT } from '../record/model.ts'

/** Which role groups may ask for a field; null for one that whoever reaches it may ask for. */
export type SeenBy = (type: string, field: string) => string | null

/** Tells of every field who may ask for it, from the tables that decide it. */
export function createSeenBy(schema: GraphQLSchema, participants: readonly Participant[]): SeenBy {
  const sectionOf = sectionsOfFields(sectionsOfExtensions(participants))
  const record = schema.getType(CARE_RECORD)
  const records = isInterfaceType(record) ? schema.getPossibleTypes(record) : []
  const ofPatients = new Set([
    PATIENT,
    'PatientMatch',
    'Demographics',
    CARE_RECORD,
    ...records.map(({ name }) => name),
  ])
  const roots = [schema.getQueryType()?.name, schema.getMutationType()?.name]
  return (type, field) => {
    if (roots.includes(type)) return sayGroups(actions[field])
    if (ofPatients.has(type)) {
      const section = sectionOf(type, field)
      return sayGroups(
        roleGroups.filter((group) =>
          section === null ? seesEverything(group) : maySee(group, section),
        ),
      )
    }
    const hidden = roleGroups.filter((group) => hidesField(group, type, field))
    return hidden.length === 0 ? null : `whoever sees the section, but ${named(hidden)}`
  }
}

function named(groups: readonly RoleGroup[]): string {
  return groups.map((group) => groupNames[group]).join(', ')
}
