import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'

/** North Central London: a regional exchange, views and contributes. */
export const participant = defineParticipant({
  code: 'ncl',
  name: 'North Central London',
  kind: 'REGIONAL_HIE',
  participation: 'FULL',
  complaints: {
    name: 'North Central London Patient Advice and Liaison Service',
    telephone: '020 7946 0401',
    email: 'pals@ncl.example.nhs.uk',
  },
  subjectAccess: {
    name: 'North Central London subject access requests',
    telephone: '020 7946 0402',
    email: 'subject-access@ncl.example.nhs.uk',
    url: 'https://ncl.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('LIVE'),
})
