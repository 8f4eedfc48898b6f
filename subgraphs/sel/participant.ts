import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** South East London: a regional exchange, views and contributes. */
export const participant = defineParticipant({
  code: 'sel',
  name: 'South East London',
  kind: 'REGIONAL_HIE',
  participation: 'FULL',
  complaints: {
    name: 'South East London Patient Advice and Liaison Service',
    telephone: '020 7946 0201',
    email: 'pals@sel.example.nhs.uk',
  },
  subjectAccess: {
    name: 'South East London subject access requests',
    telephone: '020 7946 0202',
    email: 'subject-access@sel.example.nhs.uk',
    url: 'https://sel.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('LIVE'),
})
