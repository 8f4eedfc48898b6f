import type { Organisation } from '../kit/participant.ts'

/** The trust itself. */
export const organisations: readonly Organisation[] = [
  { odsCode: 'RQW', name: 'The Princess Alexandra Hospital NHS Trust', kind: 'ACUTE_TRUST' },
]
