import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { publicSchema } from './ask.ts'
import type { Random } from './random.ts'

/** A random operation on the public schema: fields, aliases, fragments, conditions, variables. */
export function generateOperation(random: Random): string {
  const fragments: string[] = []
  const selection = selectionOf(publicSchema.getQueryType() as GraphQLObjectType, 0)
  const variables =
    '$id: ID!, $yes: Boolean!, $no: Boolean = false, $first: Int = 3, $after: String, $sections: [TimelineSection!], $section: TimelineSection! = TEST_RESULTS'
  return [`query Random(${variables}) ${selection}`, ...fragments].join('\n')

  function selectionOf(type: GraphQLNamedType, depth: number): string {
    const count = 1 + random.below(depth < 2 ? 4 : 3)
    const parts = Array.from({ length: count }, () => part(type, depth))
    return `{ ${parts.join(' ')} }`
  }

  function part(type: GraphQLNamedType, depth: number): string {
    if (random.oneIn(9)) return `${random.oneIn(3) ? 't: ' : ''}__typename`
    if (random.oneIn(5) && depth < 7) return fragment(type, depth)
    const field = pickField(type, depth)
    return field ? fieldText(field, depth) : '__typename'
  }

  function fragment(type: GraphQLNamedType, depth: number): string {
    const inner = isAbstractType(type)
      ? random.pick([type, ...publicSchema.getPossibleTypes(type)])
      : random.pick([type, type, ...(isObjectType(type) ? type.getInterfaces() : [])])
    const selection = selectionOf(inner, depth + 1)
    if (random.oneIn(2)) {
      const condition = random.oneIn(3) && inner === type ? '' : `on ${inner.name}`
      return `... ${condition} ${directives()} ${selection}`
    }
    const name = `F${fragments.length}`
    fragments.push(`fragment ${name} on ${inner.name} ${selection}`)
    return `...${name} ${directives()}${random.oneIn(4) ? ` ...${name}` : ''}`
  }

  function pickField(type: GraphQLNamedType, depth: number) {
    if (!isObjectType(type) && !isInterfaceType(type)) return null
    const all = Object.values(type.getFields()).filter(
      (field) => depth < 9 || !isCompositeType(getNamedType(field.type)),
    )
    const favourites = all.filter(({ name }) => FAVOURITES.has(name))
    const from = favourites.length > 0 && !random.oneIn(3) ? favourites : all
    return from.length > 0 ? random.pick(from) : null
  }

  function fieldText(field: GraphQLField<unknown, unknown>, depth: number): string {
    const args = argumentsOf(field)
    // A response key stands for one field with one set of arguments, so that no two conflict.
    const suffix = args.replace(/\W+/g, '_')
    const alias = random.oneIn(3)
      ? `a${field.name}${suffix}: `
      : suffix
        ? `k${field.name}${suffix}: `
        : ''
    const type = getNamedType(field.type)
    const selection = isCompositeType(type) ? selectionOf(type, depth + 1) : ''
    return `${alias}${field.name}${args} ${directives()} ${selection}`
  }

  function argumentsOf({ name, args }: GraphQLField<unknown, unknown>): string {
    if (name === 'patient') return random.pick(['(nhsNumber: $id)', '(nhsNumber: "p2")'])
    if (!args.some((argument) => argument.name === 'first') || random.oneIn(2)) return ''
    if (name === 'timeline') return timelineArguments()
    const first = random.pick(['first: 1', 'first: 2', 'first: $first', 'first: 500'])
    return name === 'testResults' && random.oneIn(2) ? `(${first}, after: $after)` : `(${first})`
  }

  function timelineArguments(): string {
    const args = [
      random.pick(['', 'first: 1', 'first: 3', 'first: $first', 'first: 100']),
      random.pick(['', 'after: $after']),
      random.pick([
        '',
        'sections: $sections',
        'sections: [ALLERGIES, $section]',
        'sections: REFERRALS',
      ]),
      random.pick(['', '', 'since: "2024-05-02T09:00:00.000Z"']),
    ].filter((each) => each !== '')
    return args.length > 0 ? `(${args.join(', ')})` : ''
  }

  function directives(): string {
    if (!random.oneIn(5)) return ''
    const condition = random.pick(['$yes', '$yes', '$no', 'true', 'false'])
    return random.oneIn(2) ? `@include(if: ${condition})` : `@skip(if: ${condition})`
  }
}

const FAVOURITES = new Set(
  'patient patients found testResults allergies medications sources records conflicts nodes edges node provenance possibleDuplicateOf'.split(
    ' ',
  ),
)
