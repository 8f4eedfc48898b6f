import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** Central London Community Healthcare NHS Trust: one trust, views and contributes. */
export const participant = defineParticipant({
  code: 'clch',
  name: 'Central London Community Healthcare NHS Trust',
  kind: 'TRUST',
  participation: 'FULL',
  complaints: {
    name: 'Central London Community Healthcare Patient Advice and Liaison Service',
    telephone: '020 7946 0601',
    email: 'pals@clch.example.nhs.uk',
  },
  subjectAccess: {
    name: 'Central London Community Healthcare subject access requests',
    telephone: '020 7946 0602',
    email: 'subject-access@clch.example.nhs.uk',
    url: 'https://clch.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('NIGHTLY', '2019-04-01'),
})
