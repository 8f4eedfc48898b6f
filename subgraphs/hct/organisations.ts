import type { Organisation } from '../kit/participant.ts'

/** The trust itself. */
export const organisations: readonly Organisation[] = [
  { odsCode: 'RY4', name: 'Hertfordshire Community NHS Trust', kind: 'COMMUNITY_TRUST' },
]
