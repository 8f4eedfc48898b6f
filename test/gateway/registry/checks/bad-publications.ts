import { badContracts } from './bad-contracts.ts'
import { badNames } from './bad-names.ts'
import { badParts } from './bad-parts.ts'
import type { BadPublication } from './bad-publication.ts'

/** Bad schemas: each is refused by the check that stands with it. */
export const badSchemas: readonly BadPublication[] = [...badContracts, ...badNames, ...badParts]

/** The operations that were used before the bad publications. */
export const usedBefore = [
  {
    digest: 'c'.repeat(64),
    text: `query CarePlans($nhsNumber: ID!) {
  patient(nhsNumber: $nhsNumber) {
    allergies(codes: [], status: []) { nodes { id } }
    records { ... on SwlRecord { universalCarePlan { title summary } } }
  }
}`,
    name: 'CarePlans',
    clients: ['ambulance-app', 'ed-viewer'],
    times: 1240,
    lastUsed: '2026-11-02T10:15:00.000Z',
  },
] as const
