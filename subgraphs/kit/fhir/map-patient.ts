import type { Address, ContactPoint, Gender, PatientContact } from '../generated/contract.ts'
import { concept, concepts } from './concept.ts'
import { within } from './contained.ts'
import { type Element, element, elements, flag, present, text, texts } from './elements.ts'
import type { MappedPatient, MappingContext } from './mapping.ts'
import { NHS_NUMBER, toNhsNumber } from './nhs-number.ts'
import { organisationOf } from './organisations.ts'
import { humanName, preferredName } from './people.ts'
import { reference, references, resolve } from './reference.ts'
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

/** The NHS number of a Patient, without spaces; or why there is none to go by. */
export function nhsNumberOf(
  patient: FhirResource,
): { nhsNumber: string } | { problem: 'MISSING' | 'INVALID' } {
  const written = nhsIdentifiers(patient['identifier'])
  if (written.length === 0) return { problem: 'MISSING' }
  const nhsNumber = present(written.map(toNhsNumber))[0]
  return nhsNumber === undefined ? { problem: 'INVALID' } : { nhsNumber }
}

/** A UK Core Patient as the contract's Demographics, whole: what is withheld is decided at reading. */
export function mapPatient(resource: FhirResource, outside: MappingContext): MappedPatient {
  const context = within(resource, outside)
  const deceasedAt = dateTime(resource['deceasedDateTime'])
  return {
    demographics: {
      name: preferredName(resource['name']),
      otherNames: [],
      formerNames: [],
      birthDate: dateTime(resource['birthDate']),
      gender: knownStatus(GENDER, resource['gender']),
      deceasedAt,
      isDeceased: deceasedAt === null ? flag(resource['deceasedBoolean']) : true,
      addresses: addressesOf(resource['address']),
      telecom: telecomOf(resource['telecom']),
      generalPractice:
        present(
          references(resource['generalPractitioner']).map((one) => organisationOf(one, context)),
        )[0] ?? null,
      language: languageOf(resource['communication']),
      contacts: elements(resource['contact']).map(
        (contact): PatientContact => ({
          name:
            humanName(contact['name'])?.text ?? reference(contact['organization'])?.display ?? null,
          relationship: concepts(contact['relationship'])[0] ?? null,
          telecom: telecomOf(contact['telecom']),
        }),
      ),
    },
    isSensitive: isConfidential(resource),
    supersededBy: supersededBy(resource, context),
    supersedes: [],
  }
}

function supersededBy(resource: FhirResource, context: MappingContext): string | null {
  const own = nhsNumberOf(resource)
  for (const link of elements(resource['link'])) {
    if (link['type'] !== 'replaced-by') continue
    const stated = nhsIdentifiers([element(link['other'])['identifier']])
    const other = resolve(reference(link['other']), context)
    const written = [...stated, ...(other ? nhsIdentifiers(other['identifier']) : [])]
    const nhsNumber = present(written.map(toNhsNumber))[0]
    // Nobody is replaced by themselves.
    if (nhsNumber && !('nhsNumber' in own && own.nhsNumber === nhsNumber)) return nhsNumber
  }
  return null
}

/** The NHS numbers as written, those no longer in use last. */
function nhsIdentifiers(source: unknown): string[] {
  const own = elements(source).filter((one) => one['system'] === NHS_NUMBER)
  const current = own.filter((one) => one['use'] !== 'old')
  const old = own.filter((one) => one['use'] === 'old')
  return present([...current, ...old].map((one) => text(one['value'])))
}

function addressesOf(source: unknown): Address[] {
  const current = elements(source).filter((one) => one['use'] !== 'old')
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

function telecomOf(source: unknown): ContactPoint[] {
  return elements(source).flatMap((one): ContactPoint[] => {
    const value = text(one['value'])
    if (value === null || one['use'] === 'old') return []
    return [{ system: text(one['system']), value, use: text(one['use']) }]
  })
}

function languageOf(source: unknown) {
  const spoken = elements(source)
  const chosen = spoken.find((one) => one['preferred'] === true) ?? spoken[0]
  return concept(chosen?.['language'])
}
