import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from 'graphql'
import type { Finding } from '../check.ts'
import { placed } from './compare-types.ts'

/** The newest minor version of Federation that the graph itself is written in. */
const NEWEST_MINOR = 7

const FEDERATION = /^https:\/\/specs\.apollo\.dev\/federation\/v(\d+)\.(\d+)$/

const LINK = /^https:\/\/specs\.apollo\.dev\/link\/v1\.\d+$/

/**
 * What a schema links beside Federation, and every other name that it gives to what it links: under
 * another name a directive would not be recognised here.
 */
export function findForeignLinks(document: DocumentNode): Finding[] {
  const links = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_EXTENSION || node.kind === Kind.SCHEMA_DEFINITION
      ? (node.directives ?? []).filter(({ name }) => /^(link|core)$/.test(name.value))
      : [],
  )
  const isFederation = (link: ConstDirectiveNode) => FEDERATION.test(textOf(link, 'url') ?? '')
  if (!links.some(isFederation)) {
    return [
      {
        where: 'schema',
        message: 'The schema is not linked to Federation 2.',
        mend: `Begin it with: extend schema @link(url: "https://specs.apollo.dev/federation/v2.${NEWEST_MINOR}", import: ["@key", "@shareable", "@inaccessible"])`,
      },
    ]
  }
  return links.flatMap((link) => [...checkUrl(link), ...checkNames(link)])
}

function checkUrl(link: ConstDirectiveNode): Finding[] {
  const url = textOf(link, 'url') ?? ''
  const [, major, minor] = FEDERATION.exec(url) ?? []
  if (LINK.test(url) || (major === '2' && Number(minor) <= NEWEST_MINOR)) return []
  return [
    {
      where: placed('@link', link),
      message: major
        ? `The schema asks for Federation ${major}.${minor}; the graph speaks 2.0 to 2.${NEWEST_MINOR}.`
        : 'The schema links a specification other than Federation.',
      mend: major
        ? `Link https://specs.apollo.dev/federation/v2.${NEWEST_MINOR}.`
        : 'Remove this @link.',
    },
  ]
}

function checkNames(link: ConstDirectiveNode): Finding[] {
  const imports = argument(link, 'import')
  const elements = imports?.kind === Kind.LIST ? imports.values : []
  const isRenamed = elements.some(
    (element) =>
      element.kind === Kind.OBJECT && element.fields.some(({ name }) => name.value === 'as'),
  )
  if (!isRenamed && argument(link, 'as') === undefined) return []
  return [
    {
      where: placed('@link', link),
      message: 'The schema gives other names to what it links.',
      mend: "Remove 'as', and use the directives under their own names.",
    },
  ]
}

function textOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argument(directive, name)
  return value?.kind === Kind.STRING ? value.value : undefined
}

function argument(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((each) => each.name.value === name)?.value
}
