import { describe, expect, it } from 'vitest'
import { isPassed } from '../../../../gateway/registry/checks/check.ts'
import { checkSchema } from '../../../../gateway/registry/checks/check-schema.ts'
import { participantSdl } from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import { usedBefore } from './bad-publications.ts'
import { graph } from './refuses.ts'

function check(code: string, change: (sdl: string) => string = (sdl) => sdl) {
  const good = graph.of(code)
  const input = {
    publication: { ...good, sdl: change(good.sdl) },
    others: graph.except(code),
    contractSdl: graph.contractSdl,
    inForce: graph.supergraphSdl,
    usedOperations: usedBefore,
  }
  return checkSchema(JSON.parse(JSON.stringify(input)))
}

const told = ({ results }: ReturnType<typeof checkSchema>) =>
  results.map(({ check, problems, skipped }) => [check, skipped ?? problems.length])

describe('All checks of a schema', () => {
  it('pass what a participant publishes, from data to data, and give the supergraph that it would be', () => {
    const { results, supergraphSdl } = check('swl')
    expect(isPassed(results)).toBe(true)
    expect(results.filter(({ skipped }) => skipped !== undefined)).toEqual([])
    expect(supergraphSdl).toBe(graph.supergraphSdl)
  })

  it('pass a participant who was never there, and let the supergraph have its records', () => {
    const outer = { ...graph.of('nel').participant, code: 'outer', name: 'Outer London' }
    const { results, supergraphSdl } = checkSchema({
      publication: {
        participant: outer,
        sdl: participantSdl(outer, graph.contract),
        url: 'http://outer.invalid/graphql',
      },
      others: [graph.of('nel'), graph.of('swl'), graph.of('hpft')],
      contractSdl: graph.contractSdl,
      inForce: graph.supergraphSdl,
      usedOperations: usedBefore,
    })
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    expect(supergraphSdl).toContain('type OuterRecord implements CareRecord')
  })

  it('end with the text that does not parse', () => {
    const verdict = check('nel', (sdl) => `${sdl} type {`)
    expect(verdict.supergraphSdl).toBeNull()
    expect(told(verdict)).toEqual([
      ['parses', 1],
      ...[
        'implements-contract',
        'participation',
        'namespace',
        'composes',
        'keeps-operations',
        'plans-within-budget',
      ].map((name) => [name, 'The schema does not parse.']),
    ])
  })

  it('tell everything that is wrong at once, as far as they can', () => {
    const verdict = check('nel', (sdl) =>
      sdl
        .replace(/(type NelRecord [^{]*\{)/, '$1 score: Int!')
        .replace(/$/, ' type Score { number: NelNumber }'),
    )
    expect(told(verdict)).toEqual([
      ['parses', 0],
      ['implements-contract', 1],
      ['participation', 0],
      ['namespace', 1],
      ['composes', 1],
      ['keeps-operations', 'The schema does not compose.'],
      ['plans-within-budget', 'The schema does not compose.'],
    ])
  })

  it('plan nothing with a schema that another check refuses', () => {
    const verdict = check('nel', (sdl) => `${sdl} type Score { number: Int }`)
    expect(told(verdict).slice(5)).toEqual([
      ['keeps-operations', 0],
      ['plans-within-budget', 'Mend the other problems first.'],
    ])
  })
})
