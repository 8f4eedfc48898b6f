import type { Chart, Recording } from '../chart.ts'
import { dateOf, hl7, instantOf, NHS_NUMBER, ODS, type Resource } from '../fhir.ts'
import type { Person } from '../people/person.ts'

const UK = 'https://fhir.hl7.org.uk'

const VERIFIED = {
  url: `${UK}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus`,
  valueCodeableConcept: {
    coding: [
      {
        system: `${UK}/CodeSystem/UKCore-NHSNumberVerificationStatus`,
        code: 'number-present-and-verified',
        display: 'Number present and verified',
      },
    ],
  },
}

/** The person's demographics as the participant holds them. */
export function addPatient(
  chart: Chart,
  recording: Recording,
  extra: Record<string, unknown> = {},
): Resource {
  const { person } = chart
  return chart.add('Patient', recording, {
    identifier: [
      { extension: [VERIFIED], use: 'official', system: NHS_NUMBER, value: person.nhsNumber },
      { use: 'secondary', ...chart.identifier('local-patient') },
    ],
    active: true,
    name: [nameOf(person)],
    telecom: [
      { system: 'phone', value: person.phone, use: 'mobile' },
      ...(person.email === undefined ? [] : [{ system: 'email', value: person.email }]),
    ],
    gender: person.gender,
    birthDate: dateOf(person.born),
    ...(person.died === undefined ? {} : { deceasedDateTime: instantOf(person.died) }),
    address: [
      {
        use: 'home',
        line: [person.line],
        city: person.town,
        postalCode: person.postcode,
        text: `${person.line}, ${person.town}, ${person.postcode}`,
      },
    ],
    contact: [nextOfKinOf(person)],
    ...(person.language === undefined ? {} : { communication: [languageOf(person.language)] }),
    generalPractitioner: [
      {
        ...chart.organisation(person.practice),
        identifier: { system: ODS, value: person.practice.odsCode },
      },
    ],
    ...extra,
  })
}

function nameOf(person: Person) {
  return {
    use: 'official',
    text: [person.prefix, ...person.given, person.family].join(' '),
    family: person.family,
    given: person.given,
    prefix: [person.prefix],
  }
}

function nextOfKinOf({ nextOfKin }: Person) {
  return {
    relationship: [
      { coding: [hl7('v2-0131', 'N', 'Next-of-Kin')], text: kinship[nextOfKin.relationship] },
    ],
    name: { text: nextOfKin.name },
    telecom: [{ system: 'phone', value: nextOfKin.phone, use: 'mobile' }],
  }
}

const kinship: Readonly<Record<string, string>> = {
  MTH: 'Mother',
  SIS: 'Sister',
  DAUC: 'Daughter',
  FRND: 'Friend',
}

function languageOf(language: { code: string; display: string }) {
  return {
    language: {
      coding: [{ system: `${UK}/CodeSystem/UKCore-HumanLanguage`, ...language }],
    },
    preferred: true,
  }
}
