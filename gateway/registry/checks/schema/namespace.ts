import {
  type DocumentNode,
  Kind,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
} from 'graphql'
import { recordTypeName } from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import { ownSubgraphs } from '../../own-subgraphs.ts'
import type { Finding } from '../check.ts'
import type { Candidate } from '../publication.ts'
import { placed } from './compare-types.ts'
import { findForeignDirectives } from './federation-directives.ts'
import { findForeignLinks } from './federation-links.ts'
import { type OwnNames, ownNames } from './own-names.ts'
import { findWaysBack } from './own-references.ts'
import { parseKnown } from './parse-known.ts'
import { type PublishedType, publishedTypes } from './published-types.ts'

/**
 * A participant keeps to its own part of the graph: its own types and root fields by their names, no
 * type of the contract's or of anybody else's taken over, none of the directives that reach into other
 * subgraphs, and no way from its own part back into records and participants.
 */
export function checkNamespace(candidate: Candidate): Finding[] {
  const { publication, document } = candidate
  const own = ownNames(publication.participant.code)
  const types = publishedTypes(document)
  return [
    ...findForeignLinks(document),
    ...findForeignRoots(document, types),
    ...findForeignTypes(candidate, types, own),
    ...findForeignRootFields(types, own),
    ...findForeignDirectives(document, own),
    ...findWaysBack(candidate, types, own),
  ]
}

/** What stands in everybody's schema beside the contract. */
const EVERYBODYS = new Set(
  'Query PatientFeed PatientChange ServerPatient CareRelationship ID String Int Float Boolean'.split(
    ' ',
  ),
)

/** The roots of a graph that is written. */
const OTHER_ROOTS = new Set(['Mutation', 'Subscription'])

function findForeignRoots(
  document: DocumentNode,
  types: ReadonlyMap<string, PublishedType>,
): Finding[] {
  const schemas = document.definitions.filter(
    (node): node is SchemaDefinitionNode | SchemaExtensionNode =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION,
  )
  const roots = schemas.flatMap(({ operationTypes }) => operationTypes ?? [])
  const renamed = roots.filter(
    ({ operation, type }) => operation === 'query' && type.name.value !== 'Query',
  )
  const writing = roots.filter(({ operation }) => operation !== 'query')
  const named = [...types.values()].filter(({ name }) => OTHER_ROOTS.has(name))
  return [
    ...renamed.map((node) => ({
      where: placed(node.type.name.value, node),
      message: `The root type is called ${node.type.name.value}.`,
      mend: 'Call it Query, as in every subgraph.',
    })),
    ...[
      ...named.map(({ name, node }) => placed(name, node)),
      ...writing
        .filter(({ type }) => !types.has(type.name.value) || !OTHER_ROOTS.has(type.name.value))
        .map((node) => placed(node.type.name.value, node)),
    ].map((where) => ({
      where,
      message: 'A participant publishes neither mutations nor subscriptions: the graph only reads.',
      mend: 'Remove the root type; let your own applications write to your own system.',
    })),
  ]
}

function findForeignTypes(
  candidate: Candidate,
  types: ReadonlyMap<string, PublishedType>,
  own: OwnNames,
): Finding[] {
  const owners = ownersOfTypes(candidate)
  const shared = publishedTypes(candidate.contract)
  const record = recordTypeName(candidate.publication.participant.code)
  return [...types.values()].flatMap(({ name, node, kind }): Finding[] => {
    if (shared.has(name) || EVERYBODYS.has(name) || OTHER_ROOTS.has(name)) return []
    const owner = owners.get(name)
    if (own.isType(name) && (owner === undefined || name === own.prefix || name === record)) {
      return []
    }
    const where = placed(name, node)
    if (owner !== undefined) {
      return [
        {
          where,
          message: `${name} belongs to ${owner}: nobody else defines or extends it.`,
          mend: `Remove it; what you have to say of a patient goes into ${own.prefix}Record.`,
        },
      ]
    }
    return [
      {
        where,
        message: `The ${kind} ${name} does not begin with your own name.`,
        mend: `Call it ${own.prefix}${name}.`,
      },
    ]
  })
}

/** Whose every other type is. */
function ownersOfTypes({ publication, others, contract }: Candidate): Map<string, string> {
  const { code } = publication.participant
  const members = others.filter(({ participant }) => participant.code !== code)
  const theirs = members.map(({ participant, sdl }) => ({ name: participant.code, sdl }))
  const gateways = ownSubgraphs([], contract)
  return new Map(
    [...theirs, ...gateways].flatMap(({ name, sdl }) =>
      [...publishedTypes(parseKnown(sdl)).keys()].map((type) => [type, name] as const),
    ),
  )
}

function findForeignRootFields(
  types: ReadonlyMap<string, PublishedType>,
  own: OwnNames,
): Finding[] {
  const fields = [...(types.get('Query')?.fields ?? [])]
  return fields
    .filter(([name]) => !own.isRootField(name))
    .map(([name, node]) => ({
      where: placed(`Query.${name}`, node),
      message: `The root field ${name} does not begin with your own code.`,
      mend: `Call it ${own.code}${name.charAt(0).toUpperCase()}${name.slice(1)}, or remove it.`,
    }))
}
