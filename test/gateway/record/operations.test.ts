import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { apiSchema, ask, askReference, publicSchema } from './ask.ts'
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
