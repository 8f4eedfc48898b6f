import { expect, it } from 'vitest'
import { renderResults } from '../../../../gateway/registry/checks/render-results.ts'

const results = [
  { check: 'parses', problems: [], notes: ['one\u001b[2J thing'] },
  {
    check: 'composes',
    problems: [
      { check: 'composes', where: 'NelClinic', message: 'It is there twice.', mend: 'Remove one.' },
      { check: 'composes', where: null, message: 'It is\nnot there.', mend: 'Add it.' },
    ],
  },
  { check: 'keeps-operations', problems: [], skipped: 'The schema does not compose.' },
] as const

it('prints each check with what is wrong, where, and how to mend it, and lets no name move the cursor', () => {
  expect(renderResults(results)).toBe(`✓ parses: the schema parses
    note: one [2J thing
✗ composes: it composes with everybody else's
    It is there twice.
      where: NelClinic
      mend:  Remove one.
    It is not there.
      mend:  Add it.
– keeps-operations: it breaks no operation that was used
    not checked: The schema does not compose.
2 problems.
`)
})

it('paints what is wrong where colours are wanted, and nothing where they are not', () => {
  expect(renderResults(results, { colour: true })).toContain('\u001b[31m✗\u001b[0m composes')
  expect(renderResults([{ check: 'parses', problems: [] }])).toBe(
    '✓ parses: the schema parses\nNo problems.\n',
  )
})
