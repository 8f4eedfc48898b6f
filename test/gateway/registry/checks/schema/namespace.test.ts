import { describe, expect, it } from 'vitest'
import { checkNamespace } from '../../../../../gateway/registry/checks/schema/namespace.ts'
import { candidateOf, graph, triesCheck } from '../refuses.ts'

describe('The check that a participant keeps to its own part of the graph', () => {
  triesCheck('namespace', (published) => checkNamespace(candidateOf(published)))

  it('lets pass types, root fields, keys and interfaces of its own', () => {
    const nel = graph.of('nel')
    const sdl = `${nel.sdl}
      extend type Query { nelClinics(first: Int): [NelClinic!] }
      interface NelPlace { id: ID! name: String }
      type NelClinic implements NelPlace @key(fields: "id") { id: ID! name: String @deprecated staff: [NelPerson!] }
      type NelPerson { name: String manager: NelPerson }
      union NelAnything = NelClinic | NelPerson
      directive @nelAudited on FIELD_DEFINITION
      extend type NelRecord { nelClinic: NelPlace @nelAudited, anything: [NelAnything!], period: Period }`
    expect(checkNamespace(candidateOf({ publication: { ...nel, sdl }, graph }))).toEqual([])
  })

  it('lets pass what tools add to every subgraph for Federation’s sake', () => {
    const nel = graph.of('nel')
    const sdl = `${nel.sdl}
      schema { query: Query }
      extend type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }
      scalar _Any
      scalar federation__FieldSet
      union _Entity = Nel | NelRecord
      type _Service { sdl: String }
      directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE`
    expect(checkNamespace(candidateOf({ publication: { ...nel, sdl }, graph }))).toEqual([])
  })
})
