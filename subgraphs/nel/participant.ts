import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** North East London: a regional exchange, views and contributes. */
export const participant = defineParticipant({
  code: 'nel',
  name: 'North East London',
  kind: 'REGIONAL_HIE',
  participation: 'FULL',
  complaints: {
    name: 'North East London Patient Advice and Liaison Service',
    telephone: '020 7946 0101',
    email: 'pals@nel.example.nhs.uk',
  },
  subjectAccess: {
    name: 'North East London subject access requests',
    telephone: '020 7946 0102',
    email: 'subject-access@nel.example.nhs.uk',
    url: 'https://nel.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('LIVE'),
})
