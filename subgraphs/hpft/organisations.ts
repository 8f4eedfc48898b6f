import type { Organisation } from '../kit/participant.ts'

/** The trust itself. */
export const organisations: readonly Organisation[] = [
  {
    odsCode: 'RWR',
    name: 'Hertfordshire Partnership University NHS Foundation Trust',
    kind: 'MENTAL_HEALTH_TRUST',
  },
]
