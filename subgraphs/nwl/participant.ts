import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** North West London: a regional exchange, views and contributes. */
export const participant = defineParticipant({
  code: 'nwl',
  name: 'North West London',
  kind: 'REGIONAL_HIE',
  participation: 'FULL',
  complaints: {
    name: 'North West London Patient Advice and Liaison Service',
    telephone: '020 7946 0501',
    email: 'pals@nwl.example.nhs.uk',
  },
  subjectAccess: {
    name: 'North West London subject access requests',
    telephone: '020 7946 0502',
    email: 'subject-access@nwl.example.nhs.uk',
    url: 'https://nwl.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('LIVE'),
})
