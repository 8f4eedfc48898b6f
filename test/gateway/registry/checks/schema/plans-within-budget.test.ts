import { describe, expect, it } from 'vitest'
import { checkComposes } from '../../../../../gateway/registry/checks/schema/composes.ts'
import { findOverspending } from '../../../../../gateway/registry/checks/schema/plan-budget.ts'
import type {
  PlanCost,
  PlannedFetch,
} from '../../../../../gateway/registry/checks/schema/plan-costs.ts'
import { checkPlans } from '../../../../../gateway/registry/checks/schema/plans-within-budget.ts'
import { usedBefore } from '../bad-publications.ts'
import { candidateOf, graph } from '../refuses.ts'

/** A record whose allergies wait for what another participant says of the same record. */
function waitingForAnother(): string {
  const nel = graph.of('nel')
  const sdl = nel.sdl
    .replace('import: ["@key"', 'import: ["@external", "@requires", "@key"')
    .replace(/(type NelRecord [^{]*\{)/, '$1 rank: Int @external')
    .replace(/(type NelRecord[\s\S]*?\): AllergyConnection)\n/, '$1 @requires(fields: "rank")\n')
  const others = graph.except('nel').map((other) => ({
    ...other,
    sdl: `${other.sdl} ${other.participant.code === 'swl' ? RANKING : ''}`,
  }))
  const candidate = candidateOf({ publication: { ...nel, sdl }, graph })
  return checkComposes({ ...candidate, others }).supergraphSdl ?? ''
}

const RANKING = 'type NelRecord @key(fields: "nhsNumber") { nhsNumber: ID! rank: Int }'

describe('The check that plans stay within budget', () => {
  it('lets pass what a participant publishes, beside the others and for the first time', () => {
    const inForce = graph.supergraphSdl
    const given = { code: 'nel', supergraphSdl: inForce, used: usedBefore }
    expect(checkPlans({ ...given, inForce })).toEqual([])
    expect(checkPlans({ ...given, inForce: null })).toEqual([])
  })

  it('refuses a record that is fetched in two steps, and names the field that waits', () => {
    const found = checkPlans({
      code: 'nel',
      supergraphSdl: waitingForAnother(),
      inForce: graph.supergraphSdl,
      used: usedBefore,
    })
    const mend =
      'Answer all that hangs on a record with the record: each further fetch waits for the one before it.'
    expect(found).toEqual(
      ['Summary', 'CarePlans'].map((what) => ({
        where: 'NelRecord.allergies',
        message: `${what} would ask nel 2 times for one patient, where 1 is allowed.`,
        mend,
      })),
    )
  })

  const fetch: PlannedFetch = { path: 'patient.records.@', fields: [] }
  const cost = (changes: Partial<PlanCost> = {}): PlanCost => ({
    fetches: new Map([
      ['index', [{ path: '', fields: ['patient'] }]],
      ['swl', [fetch]],
    ]),
    evaluatedPlans: 1,
    timeMs: 100,
    ...changes,
  })
  const asked = (nel: number, swl = 1) =>
    new Map([
      ['swl', new Array<PlannedFetch>(swl).fill(fetch)],
      ['nel', new Array<PlannedFetch>(nel).fill(fetch)],
    ])

  it.each<[string, PlanCost, PlanCost | null, string[]]>([
    ['a new participant that is asked once', cost({ fetches: asked(1) }), cost(), []],
    [
      'a new participant that is asked as often as the others',
      cost({ fetches: asked(2, 2) }),
      cost({ fetches: new Map([['swl', [fetch, fetch]]]) }),
      [],
    ],
    [
      'a new participant that is asked oftener',
      cost({ fetches: asked(3, 1) }),
      cost(),
      ['Summary would ask nel 3 times for one patient, where 1 is allowed.'],
    ],
    [
      'one that makes another be asked oftener',
      cost({ fetches: asked(1, 2) }),
      cost(),
      ['Summary would ask swl 2 times for one patient, where 1 is allowed.'],
    ],
    ['64 plans weighed', cost({ evaluatedPlans: 64 }), cost(), []],
    [
      '65 plans weighed',
      cost({ evaluatedPlans: 65 }),
      null,
      ['Planning Summary would weigh 65 plans against each other, where 64 are allowed.'],
    ],
    [
      'twice as many plans weighed as now',
      cost({ evaluatedPlans: 400 }),
      cost({ evaluatedPlans: 200 }),
      [],
    ],
    ['four times the time', cost({ timeMs: 400 }), cost(), []],
    [
      'more than four times the time',
      cost({ timeMs: 600 }),
      cost(),
      ['Planning Summary would take 6 times as long as now, where 4 times are allowed.'],
    ],
    ['any time where nothing is in force', cost({ timeMs: 60_000 }), null, []],
  ])('judges %s', (_title, next, now, messages) => {
    const found = findOverspending({ code: 'nel', what: 'Summary', next, now })
    expect(found.map(({ message }) => message)).toEqual(messages)
  })
})
