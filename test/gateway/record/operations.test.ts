import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { rewriteOperation } from '../../../gateway/record/rewrite.ts'
import { apiSchema, ask, askReference, askRewritten, publicSchema } from './ask.ts'
import { operations } from './operations.ts'
import { samplePatient } from './sample-patients.ts'

const samples = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => [
  samplePatient(apiSchema, seed),
  samplePatient(apiSchema, seed + 50, 'p2'),
])

describe('a merged answer is what the plain reference gives', () => {
  for (const [title, example] of Object.entries(operations)) {
    it(title, () => {
      const question = typeof example === 'string' ? { document: example } : example
      const mistakes = validate(publicSchema, parse(question.document))
      expect(mistakes.map(String).filter((text) => !/never used/.test(text))).toEqual([])
      for (const patients of samples) {
        const expected = askReference({ ...question, patients })
        expect(JSON.stringify(ask({ ...question, patients }).data)).toBe(
          JSON.stringify(expected.data),
        )
      }
    })
  }
})

describe('an operation that is rewritten once', () => {
  it('holds for every combination of what its variables leave out', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const document = parse(`query Q(${names.map((name) => `$${name}: Boolean!`).join(', ')}) {
      patient(nhsNumber: "p1") { nhsNumber @include(if: $a) allergies @include(if: $b) { status }
        testResults @skip(if: $c) { isComplete @include(if: $d) nodes { id time @skip(if: $e) } }
        sources @include(if: $f) { outcome } birthDate } }`)
    const rewritten = rewriteOperation(publicSchema, document)
    const patients = samples[2] ?? []
    for (let bits = 0; bits < 2 ** names.length; bits++) {
      const variables = Object.fromEntries(
        names.map((name, place) => [name, ((bits >> place) & 1) === 1]),
      )
      const expected = askReference({ document, variables, patients }).data
      const given = askRewritten(rewritten, variables, patients).data
      expect(JSON.stringify(given)).toBe(JSON.stringify(expected))
    }
  })
})
