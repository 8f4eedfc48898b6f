import type { MentalHealthStatus, SocialCareStatus } from '../generated/contract.ts'
import { statusWords } from './status-words.ts'

/** EpisodeOfCare's words, in social care and in mental health. */
export const EPISODE_STATUS = statusWords<MentalHealthStatus & SocialCareStatus>({
  planned: 'PLANNED',
  waitlist: 'WAITING',
  active: 'ACTIVE',
  onhold: 'ON_HOLD',
  finished: 'FINISHED',
  cancelled: 'CANCELLED',
  'entered-in-error': 'ENTERED_IN_ERROR',
})
