import { parse, specifiedRules, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { apiSchema, ask, askReference, publicSchema } from './ask.ts'
import { generateOperation } from './generate-operation.ts'
import { Random } from './random.ts'
import { mergedCursors, samplePatient } from './sample-patients.ts'

const samples = Array.from({ length: 6 }, (_, seed) => [
  samplePatient(apiSchema, seed),
  samplePatient(apiSchema, seed + 100, 'p2'),
])
const rules = specifiedRules.filter(({ name }) => name !== 'NoUnusedVariablesRule')

describe('any operation', () => {
  it('gives what the plain reference gives, in the same order', () => {
    let compared = 0
    for (let seed = 0; seed < 250; seed++) {
      const random = new Random(seed)
      const document = parse(generateOperation(random))
      if (validate(publicSchema, document, rules).length > 0) continue
      const patients = random.pick(samples)
      const variables = {
        id: random.pick(['p1', 'p1', 'p1', 'nobody']),
        yes: random.oneIn(2),
        ...(random.oneIn(2) && { no: random.oneIn(2) }),
        ...(random.oneIn(2) && { first: 1 + random.below(4) }),
        ...(random.oneIn(2) && {
          sections: random.pick([null, ['TEST_RESULTS', 'ALLERGIES'], ['CARE_PLANS']]),
        }),
        ...(random.oneIn(2) && { after: random.pick(mergedCursors(patients[0], 'testResults')) }),
      }
      const question = { document, variables, patients }
      const expected = askReference(question).data
      expect(JSON.stringify(ask(question).data), `seed ${seed}`).toBe(JSON.stringify(expected))
      compared++
    }
    expect(compared).toBeGreaterThan(200)
  })
})
