import type { Organisation } from '../kit/participant.ts'

/** The trust itself. */
export const organisations: readonly Organisation[] = [
  {
    odsCode: 'RD8',
    name: 'Milton Keynes University Hospital NHS Foundation Trust',
    kind: 'ACUTE_TRUST',
  },
]
