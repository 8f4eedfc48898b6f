import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** West Hertfordshire Teaching Hospitals NHS Trust: one trust, views and contributes. */
export const participant = defineParticipant({
  code: 'whth',
  name: 'West Hertfordshire Teaching Hospitals NHS Trust',
  kind: 'TRUST',
  participation: 'FULL',
  complaints: {
    name: 'West Hertfordshire Teaching Hospitals Patient Advice and Liaison Service',
    telephone: '01632 960501',
    email: 'pals@whth.example.nhs.uk',
  },
  subjectAccess: {
    name: 'West Hertfordshire Teaching Hospitals subject access requests',
    telephone: '01632 960502',
    email: 'subject-access@whth.example.nhs.uk',
    url: 'https://whth.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('NIGHTLY', '2019-04-01'),
})
