import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from 'graphql'
import type { Finding } from '../check.ts'
import { placed } from './compare-types.ts'
import type { OwnNames } from './own-names.ts'
import { directiveName } from './published-types.ts'

/** What a schema says of its own parts. */
const OWN_MATTERS = new Set([
  'key',
  'shareable',
  'inaccessible',
  'deprecated',
  'specifiedBy',
  'link',
])

/** What the others would do, by their names. */
const REACHING: ReadonlyMap<string, string> = new Map([
  ['override', 'takes a field away from another subgraph'],
  ['interfaceObject', 'adds fields to the types of everybody who implements the interface'],
  ['external', 'speaks of a field that is answered elsewhere'],
  ['requires', 'makes the gateway ask other subgraphs for what your field needs'],
  ['provides', 'answers fields that belong to another subgraph'],
  ['extends', 'extends a type that is defined elsewhere'],
  ['composeDirective', 'carries a directive of your own into the graph of everybody'],
  ['context', 'passes values between fields while a query is planned'],
  ['fromContext', 'passes values between fields while a query is planned'],
  ['authenticated', 'sets rules of access in the graph of everybody'],
  ['requiresScopes', 'sets rules of access in the graph of everybody'],
  ['policy', 'sets rules of access in the graph of everybody'],
])

const BUILT_IN = new Set(['skip', 'include', 'deprecated', 'specifiedBy', 'oneOf'])

/** The directives that reach beyond the participant's own part of the graph. */
export function findForeignDirectives(document: DocumentNode, own: OwnNames): Finding[] {
  const findings: Finding[] = []
  const ownDirectives = new Set<string>()
  visit(document, {
    DirectiveDefinition({ name }) {
      if (own.isRootField(name.value)) ownDirectives.add(name.value)
    },
  })
  visit(document, {
    Directive(node, _key, _parent, _path, ancestors) {
      // visit types its nodes as those of operations as well; a schema has constants alone.
      const directive = node as ConstDirectiveNode
      const name = directiveName(directive)
      if (OWN_MATTERS.has(name) || ownDirectives.has(name)) return
      findings.push(tell(directive, placeIn(ancestors)))
    },
    DirectiveDefinition(node) {
      const name = node.name.value.replace(/^federation__/, '')
      const isKnown = OWN_MATTERS.has(name) || REACHING.has(name) || BUILT_IN.has(name)
      if (isKnown || ownDirectives.has(name)) return
      findings.push({
        where: placed(`@${name}`, node),
        message: `The directive @${name} does not begin with your own code.`,
        mend: `Remove it, or call it @${own.code}${name.charAt(0).toUpperCase()}${name.slice(1)}.`,
      })
    },
  })
  return findings
}

function tell(directive: ConstDirectiveNode, where: string): Finding {
  const name = directiveName(directive)
  const does = REACHING.get(name)
  return {
    where: placed(where, directive),
    message: does
      ? `@${name} ${does}: a participant speaks for itself alone.`
      : `@${name} is no directive that a participant may use.`,
    mend: `Remove @${name}; @key, @shareable, @inaccessible and @deprecated are there for you.`,
  }
}

/** The type, or the field of a type, that a node stands in. */
function placeIn(ancestors: readonly unknown[]): string {
  const names = ancestors.flatMap((ancestor) => {
    const { kind, name } = ancestor as { kind?: string; name?: { value?: string } }
    return kind !== undefined && kind !== Kind.DOCUMENT && name?.value ? [name.value] : []
  })
  return names.length > 0 ? names.join('.') : 'schema'
}
