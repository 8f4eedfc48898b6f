import { describe, expect, it } from 'vitest'
import { mapResource } from '../../../../../subgraphs/kit/fhir/map-resource.ts'
import { sortKeyOf } from '../../../../../subgraphs/kit/position.ts'
import { diagnosis } from '../examples/diagnosis.ts'
import { hl7, sct } from '../examples/tagged.ts'
import { atBarts, contextOf, itemShape, onlyItem, snomed, words } from '../mapping-context.ts'

describe('diagnoses', () => {
  it('carries everything that a Condition says into the record', () => {
    expect(onlyItem(diagnosis)).toEqual({
      section: 'diagnoses',
      id: 'nel:Condition/diabetes',
      sortTime: new Date('2015-01-01T00:00:00Z'),
      lastTime: new Date('2015-12-31T23:59:59.999Z'),
      sortKey: sortKeyOf(null, 'nel:Condition/diabetes'),
      status: 'REMISSION',
      codes: ['44054006'],
      isNoneKnown: false,
      isRestricted: false,
      isUnderstood: true,
      item: itemShape({
        id: 'nel:Condition/diabetes',
        code: snomed('44054006', 'Type 2 diabetes mellitus'),
        status: 'REMISSION',
        time: '2015',
        provenance: atBarts('Dr Ngozi Okafor', '2015-06-01'),
        notes: ['Diet controlled'],
        verificationStatus: 'PROVISIONAL',
        categories: [snomed('439401001', 'Diagnosis')],
        severity: snomed('255604002', 'Mild'),
        bodySites: [snomed('15776009', 'Pancreas')],
        onset: '2015',
        onsetText: 'About nine years ago',
        abatement: '2022-08',
        abatementText: 'After losing weight',
        encounterId: 'nel:Encounter/visit',
        stages: [{ summary: words('T4 N2 M1b'), type: words('TNM') }],
      }),
    })
  })

  it.each(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'])(
    'takes the clinical status %s in the contract’s word',
    (word) => {
      const clinicalStatus = hl7('condition-clinical', word)
      expect(onlyItem({ ...diagnosis, clinicalStatus }).status).toBe(word.toUpperCase())
    },
  )

  it.each(['unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted'])(
    'takes the verification status %s in the contract’s word',
    (word) => {
      const verificationStatus = hl7('condition-ver-status', word)
      expect(onlyItem({ ...diagnosis, verificationStatus }).item).toMatchObject({
        verificationStatus: word.toUpperCase(),
      })
    },
  )

  it('takes a diagnosis recorded by mistake as such, whatever its clinical status', () => {
    const verificationStatus = hl7('condition-ver-status', 'entered-in-error')
    expect(onlyItem({ ...diagnosis, verificationStatus }).status).toBe('ENTERED_IN_ERROR')
  })

  it('leaves the encounter out where it is not known', () => {
    const encounter = { reference: 'Encounter/elsewhere' }
    expect(onlyItem({ ...diagnosis, encounter }).item).toMatchObject({ encounterId: null })
  })

  it('sees a present problem as one wherever it began, and past episodes as several', () => {
    const likeness = (word: string, onsetPeriod: object) =>
      onlyItem({ ...diagnosis, clinicalStatus: hl7('c', word), onsetPeriod }).item['likeness']
    expect(likeness('active', { start: '2015' })).toBe(likeness('active', { start: '2017' }))
    expect(likeness('resolved', { start: '2015' })).not.toBe(
      likeness('resolved', { start: '2017' }),
    )
  })

  it('takes “no current problems”, coded or as an empty problem list, as a statement', () => {
    const code = sct('160245001', 'No current problems or disability')
    const clinicalStatus = hl7('condition-clinical', 'active')
    expect(onlyItem({ ...diagnosis, clinicalStatus, code }).isNoneKnown).toBe(true)
    const list = {
      resourceType: 'List',
      id: 'none',
      status: 'current',
      title: 'Problems',
      emptyReason: hl7('list-empty-reason', 'nilknown'),
    }
    const [item] = mapResource(list, contextOf())
    expect(item).toMatchObject({ section: 'diagnoses', isNoneKnown: true })
  })
})
