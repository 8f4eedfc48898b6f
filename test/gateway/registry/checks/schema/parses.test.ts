import { describe } from 'vitest'
import { checkParses } from '../../../../../gateway/registry/checks/schema/parses.ts'
import { triesCheck } from '../refuses.ts'

describe('The check that a schema parses', () => {
  triesCheck('parses', ({ publication }) => checkParses(publication.sdl).findings)
})
