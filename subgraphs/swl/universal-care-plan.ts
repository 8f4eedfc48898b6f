import type { FhirResource } from '../kit/fhir/resource.ts'
import { toInstant } from '../kit/fhir/time.ts'
import type { ParticipantExtension } from '../kit/participant.ts'
import {
  isUniversalCarePlan,
  toUniversalCarePlan,
  type UniversalCarePlan,
} from './universal-care-plan-fhir.ts'

const sdl = `
extend type SwlRecord {
  """
  The Universal Care Plan in force: what the patient wants when they are too ill to say. Null when
  there is none in force; a draft, or one that was revoked or completed, is not shown here.
  """
  universalCarePlan: SwlUniversalCarePlan
}

"A patient's Universal Care Plan, for whoever is called in an emergency."
type SwlUniversalCarePlan {
  "The plan's title."
  title: String!
  "The plan in a sentence."
  summary: String
  "When it was last changed."
  updatedAt: DateTime
  "Until when it holds; null when that is open."
  validUntil: DateTime
  "Who wrote it."
  author: String
  "What matters to the patient, in their words."
  whatMattersToMe: String
  "Where the patient wants to be cared for."
  preferredPlaceOfCare: String
  "Where the patient wants to die."
  preferredPlaceOfDeath: String
  "What was decided on cardiopulmonary resuscitation (CPR); null when nothing was."
  resuscitation: SwlResuscitation
  "How far treatment is to go: hospital, intensive care, antibiotics, fluids."
  treatmentEscalation: String
  "Medicines kept ready in the home."
  anticipatoryMedicines: String
  "Everything else the plan says is to be done, in its order."
  instructions: [String!]!
  "What the plan is to reach."
  goals: [String!]!
  "Whom to call."
  keyContacts: [SwlKeyContact!]!
}

"A decision on cardiopulmonary resuscitation."
type SwlResuscitation {
  "The decision, where it is coded; read the words where it is not."
  decision: SwlResuscitationDecision
  "The decision in words, with its reasons."
  text: String
}

"Whether resuscitation is to be attempted."
enum SwlResuscitationDecision {
  "Cardiopulmonary resuscitation is to be attempted."
  FOR_CPR
  "Cardiopulmonary resuscitation is not to be attempted."
  NOT_FOR_CPR
}

"Somebody to call about the patient."
type SwlKeyContact {
  "Name."
  name: String
  "Who they are and how to reach them."
  details: String
}
`

/**
 * The Universal Care Plan, which South West London hosts for all of London: beyond the contract, read
 * from the CarePlan as it came in.
 */
export const universalCarePlan: ParticipantExtension = {
  sdl,
  sections: { universalCarePlan: 'carePlans' },
  withoutLocation: { universalCarePlan: withoutLocation },
  resolvers: {
    SwlRecord: {
      async universalCarePlan({ nhsNumber }, _args, { findResources }) {
        const plans = await findResources(nhsNumber, 'CarePlan')
        const inForce = plans.filter(isUniversalCarePlan).filter(isInForce).map(toUniversalCarePlan)
        return latestOf(inForce)
      },
    },
  },
}

/** Where the patient is cared for, and by whom, is where they are. */
function withoutLocation(plan: UniversalCarePlan | null): UniversalCarePlan | null {
  return (
    plan && {
      ...plan,
      author: null,
      preferredPlaceOfCare: null,
      preferredPlaceOfDeath: null,
      keyContacts: [],
    }
  )
}

function isInForce(plan: FhirResource): boolean {
  return plan['status'] === 'active'
}

/** Plans come last taken in first: of two with the same date, or none, the first one stands. */
function latestOf<Plan extends { readonly updatedAt: string | null }>(
  plans: readonly Plan[],
): Plan | null {
  return plans.reduce<Plan | null>(
    (latest, plan) => (latest && timeOf(plan) <= timeOf(latest) ? latest : plan),
    null,
  )
}

function timeOf({ updatedAt }: { readonly updatedAt: string | null }): number {
  return toInstant(updatedAt)?.getTime() ?? Number.NEGATIVE_INFINITY
}
