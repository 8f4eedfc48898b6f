import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { checkComposes } from '../../../../../gateway/registry/checks/schema/composes.ts'
import { checkOperations } from '../../../../../gateway/registry/checks/schema/keeps-operations.ts'
import { loadSupergraph } from '../../../../../gateway/registry/checks/schema/load-supergraph.ts'
import { usedBefore } from '../bad-publications.ts'
import { candidateOf, triesCheck } from '../refuses.ts'

const used = (text: string, more: object = {}) => ({ ...usedBefore[0], text, ...more })

describe('The check that operations go on working', () => {
  triesCheck(
    'keeps-operations',
    (published) => {
      const { supergraphSdl } = checkComposes(candidateOf(published))
      const now = loadSupergraph(published.graph.supergraphSdl).publicSchema
      const next = loadSupergraph(supergraphSdl ?? '').publicSchema
      return checkOperations({ now, next }, usedBefore).findings
    },
    ['swl'],
  )

  const now = buildSchema(
    'type Query { a(x: Int, on: On): String b(ids: [ID!]): String } enum On { FULL HALF }',
  )
  const next = buildSchema(
    'type Query { a(on: On): String b(ids: [ID!]): String } enum On { FULL }',
  )

  it('names the argument, the value and whose operations each breaks', () => {
    const { findings, notes } = checkOperations({ now, next }, [
      used('query A { a(x: 0) }', { name: 'A', clients: ['one'], times: 1 }),
      used('query B { b: a(on: HALF) }', { name: null, clients: ['two'] }),
    ])
    expect(findings.map(({ where, message }) => [where, message])).toEqual([
      [
        'Query.a(x:)',
        'Operations that are in use would be refused with \'Unknown argument "x" on field "Query.a".\': A of one, used once and last on 2026-11-02.',
      ],
      [
        'On.HALF',
        'Operations that are in use would be refused with \'Value "HALF" does not exist in "On" enum.\': an operation without a name of two, used 1240 times and last on 2026-11-02.',
      ],
    ])
    expect(notes).toEqual([])
  })

  it('tells of changes that nobody notices as notes', () => {
    const { findings, notes } = checkOperations({ now, next }, [used('{ b(ids: []) }')])
    expect(findings).toEqual([])
    expect(notes).toEqual([
      'No operation that was used notices it: Query.a arg x was removed.',
      'No operation that was used notices it: HALF was removed from enum type On.',
    ])
  })

  it('reads texts that lost their values, and leaves out those that are refused already', () => {
    const texts = [
      'query ($id: ID!) { b(ids: []) }',
      '{ never }',
      '{ a(x: 0) ',
      'query { a(on: "") }',
    ]
    expect(
      checkOperations(
        { now, next },
        texts.map((text) => used(text)),
      ).findings,
    ).toEqual([])
  })

  it('tells one cause once, however many operations it breaks', () => {
    const many = Array.from({ length: 8 }, (_, place) =>
      used(`query Q${place} { a(x: 0) }`, {
        name: `Q${place}`,
        times: 10 - place,
        clients: ['one'],
      }),
    )
    const { findings } = checkOperations({ now, next }, many)
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).toContain('Q0 of one, used 10 times and last on 2026-11-02; Q1 of')
    expect(findings[0]?.message).toMatch(/; and 3 more\.$/)
    expect(findings[0]?.mend).toBe(
      'Keep it until one no longer asks for it: mark it @deprecated now and remove it in a later publication.',
    )
  })
})
