import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { RecentOperations } from '../../../gateway/recent-operations.ts'

const TIMELINE = parse(`query ($nhsNumber: ID!, $only: [TimelineSection!]) {
  patient(nhsNumber: $nhsNumber) { timeline(sections: $only) { nodes { id } } }
}`)

const asked = (documentKey: string, only: readonly string[]) => ({
  document: TIMELINE,
  documentKey,
  operationName: undefined,
  group: 'DOCTOR' as const,
  variables: { nhsNumber: '9990000018', only },
})

describe('What was asked lately', () => {
  it('is known without the patient whom it was about', () => {
    const recent = new RecentOperations()
    recent.note(asked('a', ['ALLERGIES']))
    expect(recent.list()).toEqual([
      {
        document: TIMELINE,
        documentKey: 'a',
        operationName: undefined,
        group: 'DOCTOR',
        variables: { only: ['ALLERGIES'] },
      },
    ])
  })

  it('is told once for each operation and choice of sections, the last first', () => {
    const recent = new RecentOperations()
    recent.note(asked('a', ['ALLERGIES']))
    recent.note(asked('b', ['ALLERGIES']))
    recent.note(asked('a', ['MEDICATIONS']))
    recent.note(asked('a', ['ALLERGIES']))
    expect(
      recent.list().map(({ documentKey, variables }) => [documentKey, variables['only']]),
    ).toEqual([
      ['a', ['ALLERGIES']],
      ['a', ['MEDICATIONS']],
      ['b', ['ALLERGIES']],
    ])
  })
})
