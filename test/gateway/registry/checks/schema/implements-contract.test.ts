import { parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { checkContract } from '../../../../../gateway/registry/checks/schema/implements-contract.ts'
import { withoutDescriptions } from '../../../../../subgraphs/kit/schema/without-descriptions.ts'
import { candidateOf, graph, triesCheck } from '../refuses.ts'

describe('The check that a schema implements the contract', () => {
  triesCheck('implements-contract', (published) => checkContract(candidateOf(published)))

  it('lets pass the same schema without descriptions, in another order, as another tool prints it', () => {
    const nel = graph.of('nel')
    const { definitions } = withoutDescriptions(parse(nel.sdl))
    const turned = { kind: 'Document', definitions: [...definitions].reverse() } as const
    const sdl = print(turned as never)
      .replaceAll('type Query', 'extend type Query')
      .replaceAll('@key(fields: "code")', '@federation__key(fields: " code ", resolvable: true)')
      .replace(
        /type Period @shareable \{([^}]*)\}/,
        (_, fields: string) => `type Period {${fields.replaceAll(/(: \w+)/g, '$1 @shareable')}}`,
      )
    expect(checkContract(candidateOf({ publication: { ...nel, sdl }, graph }))).toEqual([])
  })
})
