import { parse } from 'graphql'
import { expect, it } from 'vitest'
import type { CheckName, Finding } from '../../../../gateway/registry/checks/check.ts'
import type { Candidate, Publication } from '../../../../gateway/registry/checks/publication.ts'
import { badSchemas } from './bad-publications.ts'
import { type SmallGraph, smallGraph } from './small-graph.ts'

/** A publication among the others of the small graph. */
export interface Published {
  readonly publication: Publication
  readonly graph: SmallGraph
}

/** The small graph, made once for all of a run's files in this process. */
export const graph = await smallGraph()

/**
 * Tries a check on what participants of the small graph publish, and on all that is bad for it.
 *
 * @param good the codes of these participants: fewer where each takes long
 */
export function triesCheck(
  check: CheckName,
  run: (published: Published) => readonly Finding[],
  good: readonly string[] = ['nel', 'swl', 'hpft'],
): void {
  it.each(good)('lets pass what the participant %s publishes', (code) => {
    expect(run({ publication: graph.of(code), graph })).toEqual([])
  })

  it.each(badSchemas.filter((bad) => bad.check === check))('refuses $title', (bad) => {
    const publication = graph.of(bad.participant)
    const sdl = bad.change(publication.sdl)
    expect(sdl).not.toBe(publication.sdl)
    const findings = run({ publication: { ...publication, sdl }, graph })
    const found = findings.find(({ message }) => message === bad.message)
    expect(found ?? findings).toEqual({
      message: bad.message,
      where: bad.where instanceof RegExp ? expect.stringMatching(bad.where) : bad.where,
      mend: expect.stringMatching(/^[A-Z].*[.)]$/s),
    })
  })
}

/** The publication as the checks take it that need it parsed. */
export function candidateOf({ publication, graph: { contract, except } }: Published): Candidate {
  const others = except(publication.participant.code)
  return { publication, document: parse(publication.sdl), others, contract }
}
