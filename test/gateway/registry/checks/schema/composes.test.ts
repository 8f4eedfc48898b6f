import { describe, expect, it } from 'vitest'
import { checkComposes } from '../../../../../gateway/registry/checks/schema/composes.ts'
import { candidateOf, graph, triesCheck } from '../refuses.ts'

describe('The check that a schema composes with everybody else’s', () => {
  triesCheck('composes', (published) => checkComposes(candidateOf(published)).findings, ['swl'])

  it('tells once what is wrong beside each of the others in the same way', () => {
    const publication = graph.of('nel')
    const sdl = publication.sdl.replaceAll(/\ballergies\b/g, 'allergiez')
    const published = { publication: { ...publication, sdl }, graph }
    const { findings } = checkComposes(candidateOf(published))
    const places = findings.map(({ where }) => where)
    expect(places).toContain('CareRecord.allergiez')
    expect(new Set(places).size).toBe(places.length)
  })
})
