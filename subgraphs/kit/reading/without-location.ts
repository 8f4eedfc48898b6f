import type { SectionFields, SectionName } from '../fhir/section-item.ts'
import type {
  Attachment,
  CareItem,
  Demographics,
  Organisation,
  OrganisationKind,
  PatientContact,
  Provenance,
} from '../generated/contract.ts'

/** The national activity of a role that may see S-flagged records whole. */
const SEES_SENSITIVE_RECORDS = 'B1611'

/** Whether a role with these activities may see where a sensitive patient is to be found. */
export function mayLocate(activityCodes: readonly string[] | undefined): boolean {
  return activityCodes?.includes(SEES_SENSITIVE_RECORDS) === true
}

/** What stands in the place of a withheld value. */
type Replacement = (value: never) => unknown

const nothing = () => null
const none = () => []

/** Organisations that care for so many people, over so wide an area, that they locate nobody. */
const WIDE: ReadonlySet<OrganisationKind | null | undefined> = new Set<OrganisationKind>([
  'ACUTE_TRUST',
  'MENTAL_HEALTH_TRUST',
  'COMMUNITY_TRUST',
  'URGENT_CARE',
  'COMMISSIONER',
])

/** A practice, a council or a care home is not shown, nor one whose kind nobody knows. */
const wide = (organisation: Organisation | null) =>
  WIDE.has(organisation?.kind) ? organisation : null
const wideAlone = (organisations: readonly Organisation[]) =>
  organisations.filter((each) => wide(each) !== null)
const withoutTelecom = (contacts: readonly PatientContact[] | null) =>
  contacts?.map((contact) => ({ ...contact, telecom: [] })) ?? []
const withoutContent = (attachments: readonly Attachment[]) =>
  attachments.map((each) => ({ ...each, text: null, data: null }))
const withoutPlaceOfWork = (provenance: readonly Provenance[]) =>
  provenance.map(provenanceWithoutLocation)

/**
 * Every field of the contract that gives away where a sensitive (S-flagged) patient is to be found,
 * with what is shown instead. Words written freely are kept, without the places that the patient's own
 * demographics name: see `placesOf`.
 */
const withheld: {
  readonly demographics: { readonly [Field in keyof Demographics]?: Replacement }
  readonly everyEntry: { readonly [Field in keyof CareItem]?: Replacement }
  readonly sections: {
    readonly [Section in SectionName]?: {
      readonly [Field in keyof SectionFields<Section>]?: Replacement
    }
  }
} = {
  demographics: {
    // Where the patient lives.
    addresses: none,
    // A landline's code names a town; anybody who is called may tell.
    telecom: none,
    // A practice's patients live around it.
    generalPractice: nothing,
    // Next of kin often share the home.
    contacts: withoutTelecom,
  },
  everyEntry: {
    // A practice or a council that records somebody looks after the neighbourhood; so does its staff.
    provenance: withoutPlaceOfWork,
  },
  sections: {
    appointments: {
      // Where, and at what time, the patient can be met.
      location: nothing,
      // Names of staff, teams and rooms lead to where they work.
      with: none,
    },
    encounters: {
      // Sites and wards: where the patient is now, or lately was.
      locations: none,
      // As with appointments.
      clinicians: none,
      // Where the patient came from: a home, a refuge, a prison.
      admissionSource: nothing,
      // Where the patient went.
      dischargeDisposition: nothing,
    },
    // As with appointments.
    procedures: { performers: none },
    // Letters begin with the patient's address and the practice's; a scan cannot be searched for them.
    documents: { attachments: withoutContent },
    testResults: { attachments: withoutContent },
    imagingReports: { attachments: withoutContent },
    // Carers and their organisations, a care home among them.
    carePlans: { contributors: none },
    socialCare: {
      // The council or the care home itself.
      organisation: wide,
      // Works for it.
      worker: nothing,
    },
    mentalHealth: {
      organisation: wide,
      // Community teams are named after the part of town that they serve.
      team: nothing,
      worker: nothing,
      // As with documents.
      attachments: withoutContent,
    },
    referrals: {
      // Mostly the practice, or a doctor of it.
      requester: nothing,
      recipients: wideAlone,
    },
  },
}

/** Demographics of a sensitive patient without anything that gives a location. */
export function withoutLocation<Known extends object>(demographics: Known): Known {
  return replace({ addresses: [], telecom: [], ...demographics }, withheld.demographics)
}

/** An entry of a sensitive patient without anything in its fields that gives a location. */
export function entryWithoutLocation(section: string, item: object): object {
  const own = withheld.sections[section as SectionName] ?? {}
  return replace(item, { ...withheld.everyEntry, ...own })
}

/** Where an entry, or a statement that there is none, comes from, unless that gives a location. */
export function provenanceWithoutLocation(provenance: object): object {
  const { organisation } = provenance as Partial<Provenance>
  return { ...provenance, organisation: wide(organisation ?? null), author: null }
}

function replace<Whole extends object>(
  whole: Whole,
  replacements: Readonly<Record<string, Replacement>>,
): Whole {
  const replaced = Object.entries(replacements)
    .filter(([field]) => Object.hasOwn(whole, field))
    .map(([field, replacement]) => [
      field,
      replacement((whole as Record<string, unknown>)[field] as never),
    ])
  return { ...whole, ...Object.fromEntries(replaced) }
}
