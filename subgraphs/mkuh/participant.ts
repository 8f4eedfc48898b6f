import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** Milton Keynes University Hospital: one trust, views and contributes. */
export const participant = defineParticipant({
  code: 'mkuh',
  name: 'Milton Keynes University Hospital',
  kind: 'TRUST',
  participation: 'FULL',
  complaints: {
    name: 'Milton Keynes University Hospital Patient Advice and Liaison Service',
    telephone: '01632 960101',
    email: 'pals@mkuh.example.nhs.uk',
  },
  subjectAccess: {
    name: 'Milton Keynes University Hospital subject access requests',
    telephone: '01632 960102',
    email: 'subject-access@mkuh.example.nhs.uk',
    url: 'https://mkuh.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('NIGHTLY', '2019-04-01'),
})
