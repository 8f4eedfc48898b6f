import { parse } from 'graphql'
import { describe } from 'vitest'
import { checkParticipation } from '../../../../../gateway/registry/checks/schema/participation.ts'
import { triesCheck } from '../refuses.ts'

describe('The check that a participant publishes what it takes part in', () => {
  triesCheck('participation', ({ publication: { participant, sdl } }) =>
    checkParticipation(participant, parse(sdl)),
  )
})
