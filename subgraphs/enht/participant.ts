import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** East and North Hertfordshire NHS Trust: one trust, contributes and does not view. */
export const participant = defineParticipant({
  code: 'enht',
  name: 'East and North Hertfordshire NHS Trust',
  kind: 'TRUST',
  participation: 'CONTRIBUTE_ONLY',
  complaints: {
    name: 'East and North Hertfordshire Patient Advice and Liaison Service',
    telephone: '01632 960601',
    email: 'pals@enht.example.nhs.uk',
  },
  subjectAccess: {
    name: 'East and North Hertfordshire subject access requests',
    telephone: '01632 960602',
    email: 'subject-access@enht.example.nhs.uk',
    url: 'https://enht.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('NIGHTLY', '2019-04-01'),
})
