import type { Located } from '../subgraphs/index/locate.ts'
import type { IndexContext } from '../subgraphs/index/resolvers.ts'
import { toNhsNumber } from '../subgraphs/kit/fhir/nhs-number.ts'
import type { DecideAccess } from './access/evidence.ts'
import type { Found } from './audit/account.ts'
import type { Caller } from './identity/caller.ts'

/** What the index's resolvers run with: who asks, and the patients found for the request already. */
export function indexContext(
  caller: Caller,
  located: readonly Located[],
  decide: DecideAccess,
  onFound: (found: Found) => void,
): IndexContext {
  return {
    caller,
    async mayLearnOf(patient) {
      const decision = await decide(caller, patient.nhsNumber, patient)
      if (decision.permitted) onFound({ located: patient, grounds: decision.grounds })
      return decision.permitted
    },
    locate(nhsNumber) {
      const number = toNhsNumber(nhsNumber)
      return (
        located.find(({ requestedNhsNumber }) => requestedNhsNumber === number) ??
        located.find((patient) => patient.nhsNumber === number) ??
        null
      )
    },
  }
}
