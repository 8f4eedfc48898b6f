import type {
  Finding,
  Known,
  Look,
  Rule,
} from '../../../../../gateway/governance/alerts/rules/rule.ts'
import { accessEvent } from '../../../../support/audit.ts'

/** A look at a record: a consultant's at a hospital, at ten in the morning, unless said otherwise. */
export function look(changes: LookChanges = {}): Look {
  const { at = '2026-11-02T10:15:00.000Z', user, ...rest } = changes
  const event = accessEvent()
  const usual = {
    userId: '555000000002',
    name: 'Dr Tom Adeyemi',
    roleCode: 'R0050',
    roleName: 'Consultant',
    roleProfileId: '555000000102',
    assuranceLevel: 2,
    odsCode: 'RJZ',
    organisationName: "King's College Hospital NHS Foundation Trust",
    participant: 'sel',
  }
  return {
    ...event,
    nhsNumber: '9990000018',
    ...rest,
    at: new Date(at),
    user: { ...usual, ...user },
  }
}

interface LookChanges extends Partial<Omit<Look, 'at' | 'user'>> {
  readonly at?: string
  readonly user?: Partial<Look['user']>
}

/** What is known of it: a patient of another name, whom no register lists, unless said otherwise. */
export function known(changes: Partial<Known> = {}): Known {
  return {
    patient: { numbers: ['9990000018'], names: [{ given: ['Ada'], family: 'Zettlemoyer' }] },
    register: { ofUser: [], ofPatient: [] },
    organisationKind: 'ACUTE_TRUST',
    isCommonName: () => false,
    patientsSince: () => 1,
    patientsPerHour: 60,
    lastFlagged: () => null,
    ...changes,
  }
}

/** A patient of one name. */
export function patient(given: string, family: string): Pick<Known, 'patient'> {
  return { patient: { numbers: ['9990000018'], names: [{ given: given.split(' '), family }] } }
}

/** What a rule says. */
export function find(rule: Rule, one: Look, about: Known): Finding | null {
  if (!rule.find) throw new Error('This rule looks at nothing')
  return rule.find(one, about)
}
