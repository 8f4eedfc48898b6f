import { expect, it } from 'vitest'
import { type RoleGroup, roleGroups } from '../../../gateway/access/roles.ts'
import { hiddenFields, maySee, type Section } from '../../../gateway/access/sections.ts'
import { mapResource } from '../../../subgraphs/kit/fhir/map-resource.ts'
import { examples } from '../../subgraphs/kit/fhir/examples/examples.ts'
import { contextOf } from '../../subgraphs/kit/fhir/mapping-context.ts'

/** Facts that the examples tell in many places, and the section whose facts they are. */
const facts: readonly (readonly [fact: string, code: string, section: Section])[] = [
  ['asthma', '195967001', 'diagnoses'],
  ['a chest infection', 'Chest infection', 'diagnoses'],
]

/** What a role's own work is about may be said there: a care coordinator's reasons are theirs. */
const OWN: Readonly<Partial<Record<RoleGroup, readonly Section[]>>> = {
  SOCIAL_CARE: ['socialCare', 'mentalHealth'],
}

/** Every entry of the examples that a role sees, without what is hidden from it. */
function shownTo(group: RoleGroup): { section: string; json: string }[] {
  const hidden = Object.values(hiddenFields[group] ?? {})
  return examples
    .flatMap(([, resource]) => mapResource(resource, contextOf()))
    .filter(({ section }) => maySee(group, section as Section))
    .filter(({ section }) => !OWN[group]?.includes(section as Section))
    .map(({ section, item }) => {
      const fields = hidden.filter((one) => one.section === section).flatMap((one) => one.fields)
      const kept = Object.entries(item).filter(([name]) => !fields.includes(name))
      return { section, json: JSON.stringify(Object.fromEntries(kept)) }
    })
}

const cases = facts.flatMap(([fact, code, section]) =>
  roleGroups.filter((group) => !maySee(group, section)).map((group) => ({ group, fact, code })),
)

// Before: appointments told receptionists and call handlers why, encounters and medicines social workers.
it.each(cases)('$group reads of $fact under no other section', ({ group, code }) => {
  const telling = shownTo(group).filter(({ json }) => json.includes(code))
  expect(telling.map(({ section }) => section)).toEqual([])
})

it('is told in many sections to who sees them all', () => {
  const telling = shownTo('DOCTOR').filter(({ json }) => json.includes('195967001'))
  expect(new Set(telling.map(({ section }) => section)).size).toBeGreaterThan(5)
})
