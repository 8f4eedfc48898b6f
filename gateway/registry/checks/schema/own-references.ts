import { type DocumentNode, type NamedTypeNode, visit } from 'graphql'
import { recordTypeName } from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import type { Finding } from '../check.ts'
import type { Candidate } from '../publication.ts'
import { placed } from './compare-types.ts'
import type { OwnNames } from './own-names.ts'
import { type PublishedField, type PublishedType, publishedTypes } from './published-types.ts'

type Types = ReadonlyMap<string, PublishedType>

/**
 * The ways by which a participant's own part of the graph leads back: from its own fields to records
 * and participants, from an interface to an interface, and into the contract's interfaces. Each of
 * them multiplies what every query over all records costs to plan, for everybody.
 */
export function findWaysBack(candidate: Candidate, types: Types, own: OwnNames): Finding[] {
  const { contract, publication } = candidate
  const shared = publishedTypes(contract)
  const record = recordTypeName(publication.participant.code)
  const isOwn = ({ name }: PublishedType) => own.isType(name) && !shared.has(name)
  const ownTypes = [...types.values()].filter(isOwn)
  return [
    ...ownTypes.flatMap((type) => joinedInterfaces(type, shared, new Set([own.prefix, record]))),
    ...ownTypes.flatMap((type) => fieldsToEntities(type, shared, new Set([own.prefix, record]))),
    ...ownTypes.filter(({ kind }) => kind === 'interface').flatMap((type) => nesting(type, types)),
  ]
}

/** A contract's interface has the contract's types, and each participant's two. */
function joinedInterfaces(type: PublishedType, shared: Types, two: ReadonlySet<string>): Finding[] {
  if (two.has(type.name)) return []
  return [...type.interfaces]
    .filter((name) => shared.has(name))
    .map((name) => ({
      where: placed(type.name, type.node),
      message: `${type.name} implements ${name}: only the contract's own types do, and one of each participant's.`,
      mend: `Remove ${name} from what ${type.name} implements.`,
    }))
}

/** Fields that lead to whole records or participants; interfaces of the contract lead there as well. */
function fieldsToEntities(type: PublishedType, shared: Types, two: ReadonlySet<string>): Finding[] {
  return [...type.fields].flatMap(([name, node]): Finding[] => {
    const target = namedType(node)
    const isBack = shared.get(target)?.kind === 'interface' || two.has(target)
    if (!isBack) return []
    return [
      {
        where: placed(`${type.name}.${name}`, node),
        message: `${type.name}.${name} leads back to ${target}: a record within a record is planned again for every participant.`,
        mend: 'Return a type of your own with what is needed of it.',
      },
    ]
  })
}

/** An own interface from which an interface can be reached, itself included. */
function nesting(type: PublishedType, types: Types): Finding[] {
  const implementers = [...types.values()].filter(({ interfaces }) => interfaces.has(type.name))
  const found = reachableInterface([type, ...implementers], types)
  if (found === null) return []
  return [
    {
      where: placed(type.name, type.node),
      message:
        found === type.name
          ? `The interface ${type.name} leads back to itself.`
          : `The interface ${type.name} leads to another one, ${found}.`,
      mend: 'Let the fields of an interface, and of the types that implement it, return types that are no interfaces.',
    },
  ]
}

function reachableInterface(from: readonly PublishedType[], types: Types): string | null {
  const seen = new Set<string>()
  const queue = from.flatMap(targets)
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const type = types.get(name)
    if (!type) continue
    if (type.kind === 'interface') return name
    queue.push(...targets(type))
  }
  return null
}

function targets({ fields, members }: PublishedType): string[] {
  return [...[...fields.values()].map(namedType), ...members]
}

function namedType({ type }: PublishedField): string {
  let named = ''
  visit(type as unknown as DocumentNode, {
    NamedType: (node: NamedTypeNode) => {
      named = node.name.value
    },
  })
  return named
}
