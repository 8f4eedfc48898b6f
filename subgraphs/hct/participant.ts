import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** Hertfordshire Community NHS Trust: one trust, views and contributes. */
export const participant = defineParticipant({
  code: 'hct',
  name: 'Hertfordshire Community NHS Trust',
  kind: 'TRUST',
  participation: 'FULL',
  complaints: {
    name: 'Hertfordshire Community Patient Advice and Liaison Service',
    telephone: '01632 960201',
    email: 'pals@hct.example.nhs.uk',
  },
  subjectAccess: {
    name: 'Hertfordshire Community subject access requests',
    telephone: '01632 960202',
    email: 'subject-access@hct.example.nhs.uk',
    url: 'https://hct.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('NIGHTLY', '2019-04-01'),
})
