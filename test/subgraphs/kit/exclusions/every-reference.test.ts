import { expect, it } from 'vitest'
import { linksOf } from '../../../../subgraphs/kit/exclusions/links.ts'
import { isClinical } from '../../../../subgraphs/kit/fhir/map-resource.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { type ElementDefinition, r4Elements, typesRead } from '../fhir/modifiers/r4-definitions.ts'

const HERE = 'Observation/here'

/** References that exclusion does not follow: what they mean is shown nowhere, or left out by itself. */
const MENTIONED: Readonly<Record<string, string>> = {
  'AdverseEvent.referenceDocument': 'left out by itself where it may not be shown',
  'AdverseEvent.subjectMedicalHistory': 'left out by itself where it may not be shown',
  'AdverseEvent.suspectEntity.instance': 'left out by itself where it may not be shown',
  'Appointment.supportingInformation': 'not shown',
  'CarePlan.activity.outcomeReference': 'left out by itself where it may not be shown',
  'CarePlan.supportingInfo': 'not shown',
  'ClinicalImpression.investigation.item': 'left out by itself where it may not be shown',
  'ClinicalImpression.previous': 'left out by itself where it may not be shown',
  'ClinicalImpression.prognosisReference': 'left out by itself where it may not be shown',
  'ClinicalImpression.supportingInfo': 'left out by itself where it may not be shown',
  'Composition.subject': 'whose record it is',
  'Condition.stage.assessment': 'not shown',
  'DeviceRequest.supportingInfo': 'not shown',
  'Flag.subject': 'whose record it is',
  'Immunization.reaction.detail': 'left out by itself where it may not be shown',
  'List.entry.item': 'a List makes an entry only where it has none',
  'MedicationAdministration.supportingInformation': 'not shown',
  'MedicationDispense.supportingInformation': 'not shown',
  'MedicationRequest.supportingInformation': 'not shown',
  'Procedure.complicationDetail': 'left out by itself where it may not be shown',
  'QuestionnaireResponse.item.answer.value[x]': 'left out by itself where it may not be shown',
  'QuestionnaireResponse.subject': 'whose record it is',
  'ServiceRequest.supportingInfo': 'not shown',
  'Task.for': 'whose record it is',
  'Task.input.value[x]': 'not shown',
  'Task.output.value[x]': 'not shown',
}

/** Clinical references of the types that entries are made of, by R4's own definitions. */
const clinicalReferences = typesRead()
  .filter(isClinical)
  .flatMap((type) =>
    r4Elements(type).flatMap((element) =>
      (element.type ?? [])
        .filter(
          ({ code, targetProfile = [] }) => code === 'Reference' && meansEntries(targetProfile),
        )
        .map(() => element),
    ),
  )

function meansEntries(profiles: readonly string[]): boolean {
  const types = profiles.map((profile) => profile.split('/').at(-1) ?? '')
  return types.length === 0 || types.some((type) => type === 'Resource' || isClinical(type))
}

/** A resource of the element's type with a reference in that element alone. */
function resourceWith({ path }: ElementDefinition): FhirResource {
  const [type = '', ...names] = path.split('.')
  const many = new Map(r4Elements(type).map((one) => [one.path, one.max === '*']))
  const value = names.reduceRight<unknown>(
    (inner, name, index) => {
      const key = name.replace('[x]', 'Reference')
      const isMany = many.get([type, ...names.slice(0, index + 1)].join('.'))
      return { [key]: isMany ? [inner] : inner }
    },
    { reference: HERE },
  )
  return { resourceType: type, id: '1', ...(value as object) }
}

function isFollowed(element: ElementDefinition): boolean {
  const { hangsOn, holds } = linksOf(resourceWith(element))
  return [...hangsOn, ...holds].some(({ reference }) => reference === HERE)
}

it('is decided for every clinical reference that FHIR R4 defines, and for nothing else', () => {
  const open = clinicalReferences.filter((element) => !isFollowed(element)).map(({ path }) => path)
  expect([...new Set(open)].sort()).toEqual(Object.keys(MENTIONED).sort())
  expect(clinicalReferences.length).toBeGreaterThan(100)
})
