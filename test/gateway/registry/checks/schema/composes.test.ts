import { describe } from 'vitest'
import { checkComposes } from '../../../../../gateway/registry/checks/schema/composes.ts'
import { candidateOf, triesCheck } from '../refuses.ts'

describe('The check that a schema composes with everybody else’s', () => {
  triesCheck('composes', (published) => checkComposes(candidateOf(published)).findings, ['swl'])
})
