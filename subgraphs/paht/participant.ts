import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** The Princess Alexandra Hospital NHS Trust: one trust, views and contributes. */
export const participant = defineParticipant({
  code: 'paht',
  name: 'The Princess Alexandra Hospital NHS Trust',
  kind: 'TRUST',
  participation: 'FULL',
  complaints: {
    name: 'The Princess Alexandra Hospital Patient Advice and Liaison Service',
    telephone: '01632 960301',
    email: 'pals@paht.example.nhs.uk',
  },
  subjectAccess: {
    name: 'The Princess Alexandra Hospital subject access requests',
    telephone: '01632 960302',
    email: 'subject-access@paht.example.nhs.uk',
    url: 'https://paht.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('NIGHTLY', '2019-04-01'),
})
