import type { Organisation } from '../kit/participant.ts'

/** The trust itself. */
export const organisations: readonly Organisation[] = [
  { odsCode: 'RWH', name: 'East and North Hertfordshire NHS Trust', kind: 'ACUTE_TRUST' },
]
