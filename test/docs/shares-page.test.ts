import { expect, it } from 'vitest'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { sharesPage } from './shares-page.ts'

it('docs/shares.md says of every participant what it shares', async () => {
  const page = sharesPage(await findParticipants())
  await expect(page).toMatchFileSnapshot('../../docs/shares.md')
})

it('docs/shares.md names what is not shared', async () => {
  const [first, ...others] = await findParticipants()
  if (!first) throw new Error('There are no participants')
  const page = sharesPage([
    { ...first, shares: [{ section: 'allergies', timeliness: 'LIVE' }] },
    ...others,
  ])
  expect(page).toMatch(/^\| `allergies` \| live \|/m)
  expect(page).toMatch(/^\| `diagnoses` \| \*\*not shared\*\* \|/m)
})
