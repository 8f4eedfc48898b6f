import { defineParticipant } from '../kit/participant.ts'
import { organisations } from './organisations.ts'

/** Hertfordshire Partnership University NHS Foundation Trust: one trust, views and publishes no record. */
export const participant = defineParticipant({
  code: 'hpft',
  name: 'Hertfordshire Partnership University NHS Foundation Trust',
  kind: 'TRUST',
  participation: 'VIEW_ONLY',
  complaints: {
    name: 'Hertfordshire Partnership Patient Advice and Liaison Service',
    telephone: '01632 960401',
    email: 'pals@hpft.example.nhs.uk',
  },
  subjectAccess: {
    name: 'Hertfordshire Partnership subject access requests',
    telephone: '01632 960402',
    email: 'subject-access@hpft.example.nhs.uk',
    url: 'https://hpft.example.nhs.uk/your-record',
  },
  organisations,
})
