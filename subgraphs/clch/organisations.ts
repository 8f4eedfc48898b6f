import type { Organisation } from '../kit/participant.ts'

/** The trust itself. */
export const organisations: readonly Organisation[] = [
  {
    odsCode: 'RYX',
    name: 'Central London Community Healthcare NHS Trust',
    kind: 'COMMUNITY_TRUST',
  },
]
