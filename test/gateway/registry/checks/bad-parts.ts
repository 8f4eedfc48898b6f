import type { BadPublication } from './bad-publication.ts'
import { also, inNelRecord, instead, without } from './schema-changes.ts'

/** Schemas that do not fit with everybody else’s, or with what front ends ask for. */
export const badParts: readonly BadPublication[] = [
  {
    title: 'a field of a type that nobody has',
    check: 'composes',
    participant: 'nel',
    change: inNelRecord('frailty: NelFrailty'),
    message: 'nel: Unknown type NelFrailty.',
    where: 'NelFrailty',
  },
  {
    title: 'a shared field of another type than everybody else’s',
    check: 'composes',
    participant: 'nel',
    change: (sdl) => sdl.replace(/(type Organisation [\s\S]*?\n {2}name: )String/, '$1Int'),
    message:
      'Type of field "Organisation.name" is incompatible across subgraphs: it has type "String" in subgraphs "hpft", "index" and "swl" but type "Int" in subgraph "nel".',
    where: 'Organisation.name',
  },
  {
    title: 'a key of a field that is not there',
    check: 'composes',
    participant: 'nel',
    change: also('type NelClinic @key(fields: "number") { id: ID! }'),
    message:
      'nel: On type "NelClinic", for @key(fields: "number"): Cannot query field "number" on type "NelClinic" (the field should either be added to this subgraph or, if it should not be resolved by this subgraph, you need to add it to this subgraph with @external).',
    where: 'NelClinic',
  },
  {
    title: 'a type defined twice',
    check: 'composes',
    participant: 'nel',
    change: also('type NelClinic { id: ID! }\ntype NelClinic { name: String }'),
    message: 'nel: There can be only one type named "NelClinic".',
    where: 'NelClinic',
  },
  {
    title: 'the end of a field that front ends ask for',
    check: 'keeps-operations',
    participant: 'swl',
    change: without('SwlUniversalCarePlan', 'summary'),
    message:
      'Operations that are in use would be refused with \'Cannot query field "summary" on type "SwlUniversalCarePlan".\': CarePlans of ambulance-app, ed-viewer, used 1240 times and last on 2026-11-02.',
    where: 'SwlUniversalCarePlan.summary',
  },
  {
    title: 'another name for a field that front ends ask for',
    check: 'keeps-operations',
    participant: 'swl',
    change: instead(
      '  universalCarePlan: SwlUniversalCarePlan',
      '  carePlan: SwlUniversalCarePlan',
    ),
    message:
      'Operations that are in use would be refused with \'Cannot query field "universalCarePlan" on type "SwlRecord".\': CarePlans of ambulance-app, ed-viewer, used 1240 times and last on 2026-11-02.',
    where: 'SwlRecord.universalCarePlan',
  },
]
