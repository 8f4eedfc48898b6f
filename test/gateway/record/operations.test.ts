import { describe, expect, it } from 'vitest'
import { apiSchema, ask, askReference } from './ask.ts'
import { samplePatient } from './sample-patients.ts'

const patients = [samplePatient(apiSchema, 3), samplePatient(apiSchema, 11, 'p2')]

const operations: Record<string, string> = {
  'one section': '{ patient(nhsNumber: "p1") { allergies { nodes { id } } } }',
  'every part of a section': `{ patient(nhsNumber: "p1") { testResults {
      __typename status isComplete missingSources statedNoneKnown { participant author __typename }
      nodes { __typename id code { display __typename } possibleDuplicateOf provenance { participant } }
      edges { __typename cursor node { id provenance { author } possibleDuplicateOf } }
      pageInfo { __typename endCursor hasNextPage } } } }`,
}

describe('a merged answer is what the plain reference gives', () => {
  for (const [title, document] of Object.entries(operations)) {
    it(title, () => {
      const question = { document, patients }
      expect(JSON.stringify(ask(question).data)).toBe(JSON.stringify(askReference(question).data))
    })
  }
})
