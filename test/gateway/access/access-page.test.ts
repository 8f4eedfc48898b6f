import { expect, it } from 'vitest'
import { accessPage } from '../../../gateway/access/access-page.ts'

it('docs/access.md says what the tables say', async () => {
  await expect(accessPage()).toMatchFileSnapshot('../../../docs/access.md')
})
