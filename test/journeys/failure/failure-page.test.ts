import { expect, it } from 'vitest'
import { failurePage } from './failure-page.ts'

it('docs/failure.md has a row for every fault that is tried', async () => {
  await expect(failurePage()).toMatchFileSnapshot('../../../docs/failure.md')
})
