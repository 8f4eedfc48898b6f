import { haveOtherGivenNames } from '../person/compare-people.ts'
import { toPerson, type WrittenName, type WrittenPerson } from '../person/person.ts'

/**
 * Demographics as they are shown: without former names under which the person had other given names than
 * now, since who changed those may have changed gender, which is never shared. They are kept to be searched by.
 */
export function withShownNames<Demographics extends object>(
  demographics: Demographics,
): Demographics {
  const { name, otherNames, formerNames } = demographics as WrittenPerson
  if (!formerNames || formerNames.length === 0) return demographics
  const now = toPerson({ name: name ?? null, otherNames: otherNames ?? null })
  const isShown = (former: WrittenName) => !haveOtherGivenNames(now, toPerson({ name: former }))
  return { ...demographics, formerNames: formerNames.filter(isShown) }
}
