import { defineParticipant } from '../kit/participant.ts'
import { everySection } from '../kit/shares.ts'
import { organisations } from './organisations.ts'
import { universalCarePlan } from './universal-care-plan.ts'

/** South West London: a regional exchange, views and contributes, hosts the Universal Care Plan. */
export const participant = defineParticipant({
  code: 'swl',
  name: 'South West London',
  kind: 'REGIONAL_HIE',
  participation: 'FULL',
  complaints: {
    name: 'South West London Patient Advice and Liaison Service',
    telephone: '020 7946 0301',
    email: 'pals@swl.example.nhs.uk',
  },
  subjectAccess: {
    name: 'South West London subject access requests',
    telephone: '020 7946 0302',
    email: 'subject-access@swl.example.nhs.uk',
    url: 'https://swl.example.nhs.uk/your-record',
  },
  organisations,
  shares: everySection('LIVE'),
  extension: universalCarePlan,
})
