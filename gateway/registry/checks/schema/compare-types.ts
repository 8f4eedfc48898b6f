import { type InputValueDefinitionNode, print } from 'graphql'
import type { Finding } from '../check.ts'
import { placeOf } from './parses.ts'
import { directivesOf, type PublishedField, type PublishedType } from './published-types.ts'

/** How what is there differs from what should be there, one finding each. */
export function compareTypes(
  expected: PublishedType,
  actual: PublishedType,
  { mayAdd = false }: { readonly mayAdd?: boolean } = {},
): Finding[] {
  const { name } = expected
  const at = placed(name, actual.node)
  if (actual.kind !== expected.kind) {
    return [
      {
        where: at,
        message: `${name} is published as ${article(actual.kind)} and must be ${article(expected.kind)}.`,
        mend: `Publish it as the contract has it: ${expected.kind} ${name}.`,
      },
    ]
  }
  return [
    ...compareInterfaces(expected, actual, at),
    ...compareDirectives({ name, at }, expected.directives, actual.directives),
    ...[...expected.fields].flatMap(([field, node]) => {
      const found = actual.fields.get(field)
      return found ? compareFields(`${name}.${field}`, node, found) : [lackingField(name, node, at)]
    }),
    ...addedFields(expected, actual, mayAdd),
    ...compareNames(`the value`, expected, {
      expected: expected.values,
      actual: actual.values,
      at,
    }),
    ...compareNames(`the member`, expected, {
      expected: asMap(expected.members),
      actual: asMap(actual.members),
      at,
    }),
  ]
}

/** A field or type with its place in the text, where it has one. */
export function placed(name: string, node: Parameters<typeof placeOf>[0]): string {
  const place = placeOf(node)
  return place ? `${name} (${place})` : name
}

/** A finding about a contract's type that is published as something else. */
function article(kind: string): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`
}

function compareInterfaces(expected: PublishedType, actual: PublishedType, at: string): Finding[] {
  const { name } = expected
  const lacking = [...expected.interfaces].filter((each) => !actual.interfaces.has(each))
  const added = [...actual.interfaces].filter((each) => !expected.interfaces.has(each))
  return [
    ...lacking.map((each) => ({
      where: at,
      message: `${name} does not implement ${each}.`,
      mend: `Write '${expected.kind} ${name} implements ${[...expected.interfaces].join(' & ')}'.`,
    })),
    ...added.map((each) => ({
      where: at,
      message: `${name} implements ${each}, which it does not in the contract.`,
      mend: `Remove ${each} from what ${name} implements.`,
    })),
  ]
}

function compareDirectives(
  { name, at }: { readonly name: string; readonly at: string },
  expected: ReadonlySet<string>,
  actual: ReadonlySet<string>,
): Finding[] {
  const lacking = [...expected].filter((each) => !actual.has(each))
  const added = [...actual].filter((each) => !expected.has(each))
  return [
    ...lacking.map((each) => ({
      where: at,
      message: `${name} lacks the directive '${each}'.`,
      mend: `Write ${each} behind it.`,
    })),
    ...added.map((each) => ({
      where: at,
      message: `${name} carries the directive '${each}', which it may not.`,
      mend: `Remove ${each} from it.`,
    })),
  ]
}

function compareFields(name: string, expected: PublishedField, actual: PublishedField): Finding[] {
  const at = placed(name, actual)
  const type = print(expected.type)
  return [
    ...(print(actual.type) === type
      ? []
      : [
          {
            where: at,
            message: `${name} must be '${type}', not '${print(actual.type)}'.`,
            mend: `Write '${expected.name.value}: ${type}'.`,
          },
        ]),
    ...compareArguments({ name, at }, argumentsOf(expected), argumentsOf(actual)),
    ...compareDirectives(
      { name, at },
      directivesOf(expected.directives),
      directivesOf(actual.directives),
    ),
  ]
}

type Arguments = ReadonlyMap<string, InputValueDefinitionNode>

function compareArguments(
  { name, at }: { readonly name: string; readonly at: string },
  expected: Arguments,
  actual: Arguments,
): Finding[] {
  const wrong = [...expected].flatMap(([argument, node]): Finding[] => {
    const found = actual.get(argument)
    const wanted = signature(node)
    if (!found) {
      return [
        {
          where: at,
          message: `${name} lacks the argument '${wanted}'.`,
          mend: `Add '${wanted}' to its arguments, and let the field keep to it.`,
        },
      ]
    }
    if (signature(found) === wanted) return []
    return [
      {
        where: placed(name, found),
        message: `The argument '${argument}' of ${name} must be '${wanted}', not '${signature(found)}'.`,
        mend: `Write '${wanted}'.`,
      },
    ]
  })
  const added = [...actual.keys()].filter((argument) => !expected.has(argument))
  return [
    ...wrong,
    ...added.map((argument) => ({
      where: at,
      message: `${name} has the argument '${argument}', which the contract does not know.`,
      mend: 'Remove it, or add a field of your own that takes it.',
    })),
  ]
}

function addedFields(expected: PublishedType, actual: PublishedType, mayAdd: boolean): Finding[] {
  const added = [...actual.fields].filter(([field]) => !expected.fields.has(field))
  return added.flatMap(([field, node]): Finding[] => {
    const name = `${expected.name}.${field}`
    const where = placed(name, node)
    if (!mayAdd) {
      return [
        {
          where,
          message: `${name} is not in the contract: shared types are the same in every subgraph.`,
          mend: 'Remove it, or publish it on your own record type, in a type of your own.',
        },
      ]
    }
    const type = print(node.type)
    if (!type.endsWith('!')) return []
    return [
      {
        where,
        message: `${name} is added as '${type}': if it failed once, everything else of ${expected.name} would be lost with it.`,
        mend: `Let it be null: '${field}: ${type.slice(0, -1)}'.`,
      },
    ]
  })
}

function compareNames(
  what: string,
  { name }: PublishedType,
  given: {
    readonly expected: ReadonlyMap<string, unknown>
    readonly actual: ReadonlyMap<string, unknown>
    readonly at: string
  },
): Finding[] {
  const { expected, actual, at } = given
  const lacking = [...expected.keys()].filter((each) => !actual.has(each))
  const added = [...actual.keys()].filter((each) => !expected.has(each))
  return [
    ...lacking.map((each) => ({
      where: at,
      message: `${name} lacks ${what} ${each}.`,
      mend: `Add ${each} to ${name}.`,
    })),
    ...added.map((each) => ({
      where: at,
      message: `${name} has ${what} ${each}, which the contract does not know.`,
      mend: `Remove ${each} from ${name}.`,
    })),
  ]
}

function lackingField(type: string, node: PublishedField, at: string): Finding {
  const wanted = `${node.name.value}: ${print(node.type)}`
  return {
    where: at,
    message: `${type} lacks the field '${wanted}'.`,
    mend: 'Add it as the contract has it, with all its arguments.',
  }
}

function argumentsOf(field: PublishedField): Arguments {
  if (!('arguments' in field)) return new Map()
  return new Map((field.arguments ?? []).map((each) => [each.name.value, each]))
}

/** `first: Int = 50` */
function signature({ name, type, defaultValue }: InputValueDefinitionNode): string {
  return `${name.value}: ${print(type)}${defaultValue ? ` = ${print(defaultValue)}` : ''}`
}

function asMap(names: ReadonlySet<string>): ReadonlyMap<string, unknown> {
  return new Map([...names].map((name) => [name, name]))
}
