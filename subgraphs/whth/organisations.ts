import type { Organisation } from '../kit/participant.ts'

/** The trust itself. */
export const organisations: readonly Organisation[] = [
  { odsCode: 'RWG', name: 'West Hertfordshire Teaching Hospitals NHS Trust', kind: 'ACUTE_TRUST' },
]
