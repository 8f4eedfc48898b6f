import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapPatient } from '../../../../subgraphs/kit/fhir/map-patient.ts'
import {
  isClinical,
  isSupporting,
  mapResource,
} from '../../../../subgraphs/kit/fhir/map-resource.ts'
import type { MappingContext } from '../../../../subgraphs/kit/fhir/mapping.ts'
import { isNhsNumber } from '../../../../subgraphs/kit/fhir/nhs-number.ts'
import { nhsNumberOf } from '../../../../subgraphs/kit/fhir/own-number.ts'
import { patientReferenceOf } from '../../../../subgraphs/kit/fhir/patient-reference.ts'
import { relationshipsOf } from '../../../../subgraphs/kit/fhir/relationships.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'
import { sections } from '../../../../subgraphs/kit/fhir/sections.ts'
import { expectDemographicsInContract, expectInContract, sectionNames } from './contract-schema.ts'
import { examples } from './examples/examples.ts'
import { ada, merged } from './examples/patient.ts'
import { supporting } from './examples/supporting.ts'
import { mangled, spoiltOnce } from './mangled.ts'
import { contextOf, NOW, region } from './mapping-context.ts'

const resources = examples.map(([, resource]) => resource)

describe('mapResource', () => {
  it('knows every section of the contract', () => {
    expect(sections.map((section) => section.section)).toEqual(sectionNames)
  })

  it.each(examples)(
    'puts into %s exactly what belongs there, in the contract’s shape',
    (section, resource) => {
      const items = mapResource(resource, contextOf())
      expect(items.length).toBeGreaterThan(0)
      for (const item of items) {
        expect(item.section).toBe(section)
        expectInContract(item)
      }
    },
  )

  it('makes an entry of every clinical resource, however little it says', () => {
    for (const { resourceType } of resources) {
      const items = mapResource({ resourceType, id: 'bare' }, contextOf())
      expect(items).toHaveLength(1)
      for (const item of items) {
        expect(item).toMatchObject({ sortTime: null, isNoneKnown: false, isRestricted: false })
        expect(item.item).toMatchObject({ likeness: null })
        expectInContract(item)
      }
    }
  })

  it('makes nothing of what no section reads', () => {
    for (const resourceType of ['Claim', 'Patient', 'Organization', 'Bundle', 'toString']) {
      expect(mapResource({ resourceType, id: '1' }, contextOf())).toEqual([])
      expect(isClinical(resourceType)).toBe(false)
    }
  })

  it('tells clinical, supporting and unsupported types apart', () => {
    expect(resources.every((one) => isClinical(one.resourceType))).toBe(true)
    const kept = ['Patient', 'Practitioner', 'Organization', 'Medication', 'Binary', 'Consent']
    expect(kept.filter(isSupporting)).toEqual(kept)
    expect(['Claim', 'ExplanationOfBenefit', 'Coverage', 'constructor'].some(isSupporting)).toBe(
      false,
    )
  })

  it.each(examples)('makes an entry for %s whatever single element is wrong', (_, resource) => {
    const context = contextOf()
    for (const spoilt of spoiltOnce(resource)) {
      const items = mapResource(spoilt, context)
      if (items.length === 0) expect(items).toHaveLength(1)
      for (const item of items) expectInContract(item)
    }
  })

  it('makes an entry in the contract’s shape of any resource, however mangled', () => {
    fc.assert(
      fc.property(mangled(resources), fc.array(mangled(supporting)), (resource, others) => {
        const context = circular([...others, resource])
        const items = mapResource(resource, context)
        expect(items.length).toBeGreaterThan(0)
        for (const item of items) {
          expectInContract(item)
          expectStorable(item)
        }
        expect(() => relationshipsOf(resource, context)).not.toThrow()
        expect(() => patientReferenceOf(resource)).not.toThrow()
      }),
      { numRuns: 150 },
    )
  })

  it.each([ada, merged])(
    'makes demographics whatever single element of a Patient is wrong',
    (one) => {
      for (const spoilt of spoiltOnce(one)) {
        expectDemographicsInContract(mapPatient(spoilt, contextOf()).demographics)
      }
    },
  )

  it('makes demographics in the contract’s shape of any Patient, however mangled', () => {
    fc.assert(
      fc.property(mangled([ada, merged]), fc.array(mangled(supporting)), (patient, others) => {
        const context = circular([...others, patient])
        const { demographics, supersededBy, supersedes } = mapPatient(patient, context)
        expectDemographicsInContract(demographics)
        const own = nhsNumberOf(patient, NOW)
        const links = [...supersedes, ...(supersededBy === null ? [] : [supersededBy])]
        expect(links.every(isNhsNumber)).toBe(true)
        expect(links).not.toContain('nhsNumber' in own ? own.nhsNumber : null)
        if ('problem' in own) expect(links).toEqual([])
        expect(() => relationshipsOf(patient, context)).not.toThrow()
      }),
      { numRuns: 100 },
    )
  })
})

/** Every reference leads somewhere, often in a circle. */
function circular(targets: readonly FhirResource[]): MappingContext {
  const known = [...targets, ...supporting]
  return {
    participant: region,
    now: NOW,
    resolve: (reference) => known[(reference?.reference?.length ?? 0) % known.length] ?? null,
    itemId: (resourceType, resourceId) => `nel:${resourceType}/${resourceId}`,
    provenancesOf: (resource) => known.filter((one) => one !== resource),
    isExcluded: () => false,
  }
}

function expectStorable(item: ReturnType<typeof mapResource>[number]): void {
  expect(item.sortTime === null || !Number.isNaN(item.sortTime.getTime())).toBe(true)
  expect(item.sortKey).toMatch(/^(?:e[\w-]{22}|i[\w-]{22}\.[\w-]{11})$/)
  expect(item.codes.every((code) => typeof code === 'string' && !code.includes('\u0000'))).toBe(
    true,
  )
  expect(JSON.stringify(item.item)).not.toContain('[object Object]')
  expect(JSON.stringify(item.item)).not.toContain('\\u0000')
}
