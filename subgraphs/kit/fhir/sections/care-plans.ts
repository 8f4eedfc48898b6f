import type { CarePlanActivity, CarePlanGoal } from '../../generated/contract.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import { type Element, element, elements, present, saysSomething, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { isProhibited } from '../modifiers/prohibited.ts'
import { partyNames } from '../people.ts'
import { subjectOf, subjectsOf } from '../reasons.ts'
import { pointsToHidden, reference, references, resolve } from '../reference.ts'
import type { FhirReference, FhirResource } from '../resource.ts'
import { REQUEST_STATUS, statusOf } from '../status-words.ts'
import { choiceStart, dateTime, dayOf, firstTime, period, periodText } from '../time.ts'
import { timingText } from '../timing.ts'

/** CarePlan. Ordered by when it holds from, else by when it was made. */
export const carePlans: SectionMapping = {
  section: 'carePlans',
  resourceTypes: ['CarePlan'],
  accepts: (resource) => resource.resourceType === 'CarePlan',
  toItems: (resource, context) => [toCarePlan(resource, context)],
}

function toCarePlan(resource: FhirResource, context: MappingContext): MappedItem {
  const categories = concepts(resource['category'])
  const stretch = period(resource['period'])
  const createdAt = dateTime(resource['created'])
  const time = firstTime(stretch?.start, createdAt, stretch?.end)
  const title = text(resource['title'])
  const progress = elements(resource['activity']).flatMap((one) => annotations(one['progress']))
  const authors = references(resource['author'], resource['contributor'])
  return careItem(resource, context, {
    section: 'carePlans',
    status: statusOf(REQUEST_STATUS, resource['status']),
    code: categories[0] ?? null,
    alsoCoded: categories,
    time,
    // One sort of plan with one title from one day.
    likeness: [conceptKey(categories[0] ?? null) ?? title, title ?? '', dayOf(time)],
    recording: { recordedAt: createdAt, authors },
    notes: [...annotations(resource['note']), ...progress],
    fields: {
      title,
      intent: text(resource['intent']),
      categories,
      description: text(resource['description']),
      period: stretch,
      createdAt,
      activities: elements(resource['activity'])
        .map((activity) => toActivity(activity, context))
        .filter(saysWhat),
      goals: present(references(resource['goal']).map((goal) => toGoal(goal, context))),
      addresses: subjectsOf(references(resource['addresses']), context),
      contributors: partyNames([...authors, ...references(resource['careTeam'])], context),
    },
  })
}

/** Where an activity, or the request that it refers to, names what is to be done or given. */
const THINGS = ['code', 'medicationCodeableConcept', 'codeCodeableConcept']

/** An activity is told in place, or is a request of its own that the plan refers to. */
function toActivity(activity: Element, context: MappingContext): CarePlanActivity {
  const stated = reference(activity['reference'])
  const pointer = pointsToHidden(stated, context) ? null : stated
  const told = activity['detail'] ?? resolve(pointer, context)
  const detail = element(told)
  const isForbidden = isProhibited(detail)
  const status = text(detail['status'])
  const code = present(THINGS.map((name) => concept(detail[name])))[0] ?? null
  const product =
    concept(detail['productCodeableConcept']) ??
    subjectOf(reference(detail['productReference']), context)
  return {
    code: code ?? product,
    product: code === null ? null : product,
    // Nobody may take it for something to be done, whatever its state.
    status: isForbidden && status !== 'entered-in-error' ? 'prohibited' : status,
    isProhibited: isForbidden,
    description: text(detail['description']) ?? pointer?.display ?? null,
    scheduled:
      text(detail['scheduledString']) ??
      timingText(detail['scheduledTiming'] ?? detail['occurrenceTiming']) ??
      periodText(period(detail['scheduledPeriod'])) ??
      choiceStart(detail, 'occurrence'),
    outcomes: [
      ...concepts(activity['outcomeCodeableConcept']),
      ...subjectsOf(references(activity['outcomeReference']), context),
    ],
  }
}

function saysWhat({ isProhibited: isForbidden, ...parts }: CarePlanActivity): boolean {
  return isForbidden === true || saysSomething(parts)
}

function toGoal(pointer: FhirReference, context: MappingContext): CarePlanGoal | null {
  if (pointsToHidden(pointer, context)) return null
  const goal = element(resolve(pointer, context))
  const description = concept(goal['description'])?.display ?? pointer.display ?? null
  const status = text(goal['lifecycleStatus'])
  const dueOn = firstTime(...elements(goal['target']).map((target) => target['dueDate']))
  const achievement = concept(goal['achievementStatus'])
  const found = { description, status, achievement, dueOn }
  return saysSomething(found) ? found : null
}
