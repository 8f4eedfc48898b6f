import type { Address, ContactPoint, Gender, PatientContact } from '../generated/contract.ts'
import { concept, concepts } from './concept.ts'
import { within } from './contained.ts'
import { isCurrent, lastMomentOf, type Moment } from './current.ts'
import { type Element, element, elements, flag, present, text, texts } from './elements.ts'
import type { MappedPatient, MappingContext } from './mapping.ts'
import { isUnderstood } from './modifiers/understood.ts'
import { numberLinksOf } from './number-links.ts'
import { organisationOf } from './organisations.ts'
import { namesOf } from './patient-names.ts'
import { humanName } from './people.ts'
import { reference, references } from './reference.ts'
import type { FhirResource } from './resource.ts'
import { isConfidential } from './restricted.ts'
import { knownStatus, statusWords } from './status-words.ts'
import { dateTime } from './time.ts'

const GENDER = statusWords<Gender>({
  male: 'MALE',
  female: 'FEMALE',
  other: 'OTHER',
  unknown: 'UNKNOWN',
})

/**
 * A UK Core Patient as the contract's Demographics, whole: what is withheld is decided at reading. Names,
 * addresses and the like are current by their use and period: now, or at the death where that was before.
 */
export function mapPatient(resource: FhirResource, outside: MappingContext): MappedPatient {
  const context = within(resource, outside)
  const deceasedAt = dateTime(resource['deceasedDateTime'])
  const moment = lastMomentOf(deceasedAt, context.now)
  return {
    demographics: {
      ...namesOf(resource['name'], moment),
      birthDate: dateTime(resource['birthDate']),
      gender: knownStatus(GENDER, resource['gender']),
      deceasedAt,
      isDeceased: deceasedAt === null ? flag(resource['deceasedBoolean']) : true,
      addresses: addressesOf(resource['address'], moment),
      telecom: telecomOf(resource['telecom'], moment),
      generalPractice:
        present(
          references(practitionersOf(resource['generalPractitioner'], moment)).map((one) =>
            organisationOf(one, context),
          ),
        )[0] ?? null,
      language: languageOf(resource['communication']),
      contacts: elements(resource['contact'])
        .filter((contact) => isCurrent(contact, moment) && isUnderstood(contact))
        .map((contact) => toContact(contact, moment)),
    },
    isSensitive: isConfidential(resource),
    ...numberLinksOf(resource, context),
    // Whose record it is cannot be told where the Patient is not understood.
    isDisputed: !isUnderstood(withoutParts(resource)),
  }
}

/** Of a part that is not understood, that part alone is left out. */
function withoutParts({ contact, communication, contained, ...core }: FhirResource): Element {
  return core
}

/** A reference to a practice says in its identifier from when to when the patient is theirs. */
function practitionersOf(source: unknown, moment: Moment): unknown[] {
  const all: unknown[] = Array.isArray(source) ? source : [source]
  return all.filter((one) => isCurrent(element(element(one)['identifier']), moment))
}

function toContact(contact: Element, moment: Moment): PatientContact {
  return {
    name: humanName(contact['name'])?.text ?? reference(contact['organization'])?.display ?? null,
    relationship: concepts(contact['relationship'])[0] ?? null,
    telecom: telecomOf(contact['telecom'], moment),
  }
}

function addressesOf(source: unknown, moment: Moment): Address[] {
  const current = elements(source).filter((one) => isCurrent(one, moment))
  const home = current.filter((one) => one['use'] === 'home')
  const others = current.filter((one) => one['use'] !== 'home')
  return [...home, ...others].flatMap((one) => toAddress(one) ?? [])
}

function toAddress(source: Element): Address | null {
  const lines = texts(source['line'])
  const city = text(source['city'])
  const district = text(source['district'])
  const postcode = text(source['postalCode'])
  const written = present([...lines, city, district, postcode]).join(', ')
  const whole = text(source['text']) ?? written
  if (whole === '') return null
  return { text: whole, lines, city, district, postcode, use: text(source['use']) }
}

function telecomOf(source: unknown, moment: Moment): ContactPoint[] {
  return elements(source).flatMap((one): ContactPoint[] => {
    const value = text(one['value'])
    if (value === null || !isCurrent(one, moment)) return []
    return [{ system: text(one['system']), value, use: text(one['use']) }]
  })
}

function languageOf(source: unknown) {
  const spoken = elements(source).filter(isUnderstood)
  const chosen = spoken.find((one) => one['preferred'] === true) ?? spoken[0]
  return concept(chosen?.['language'])
}
