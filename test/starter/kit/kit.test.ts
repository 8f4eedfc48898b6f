import { expect, it } from 'vitest'
import * as kit from '../../../starter/kit/kit.ts'
import type * as declared from '../../../starter/kit/lcr-kit.d.ts'

it('The kit’s types declare what it exports, no more and no less', () => {
  // The assignment is the test: tsc refuses a declaration that does not hold.
  const asDeclared: typeof declared = kit
  expect(Object.keys(asDeclared).sort()).toEqual([
    'DescriptionError',
    'defineParticipant',
    'loadExclusions',
    'publishedSchema',
    'readParticipantDescription',
    'serveParticipant',
    'startSubgraph',
  ])
})
