import { expect } from 'vitest'
import { type BusinessIdentifier, sortKeyOf } from '../../../../subgraphs/kit/position.ts'

/** The key of an entry with a business identifier, whatever else has to agree in it. */
export function sharedKey(identifier: BusinessIdentifier): string {
  return expect.stringMatching(new RegExp(`^${sortKeyOf(identifier, '')}\\.[\\w-]{11}$`))
}
