import type { AssertionClaims } from '../assertion/claims.ts'
import type { HeldPatient, Page } from '../reading/read-slices.ts'
import {
  entryWithoutLocation,
  mayLocate,
  provenanceWithoutLocation,
  withoutLocation,
} from '../reading/without-location.ts'
import { placesOf, withoutPlaces } from '../reading/without-places.ts'

/** How a sensitive patient's record is shown to who may not know where the patient is. */
export interface Withholding {
  demographics(demographics: object): object
  page(section: string, page: Page): Page
  /** What a participant adds: as it says itself, or nothing. */
  addition(value: unknown, ownRule: ((value: never) => unknown) | undefined): unknown
}

/**
 * Null where the whole record may be shown: the patient is sensitive neither here nor, as the
 * assertion says, anywhere else, or the role of the assertion holds B1611.
 */
export function withholdingOf(patient: HeldPatient, claims: AssertionClaims): Withholding | null {
  // This source may not know of a flag that another has set.
  const isSensitive = patient.isSensitive || claims.patient?.is_sensitive === true
  if (!isSensitive || mayLocate(claims.requesting_practitioner?.activity_codes)) return null
  const places = placesOf(patient.demographics)
  return {
    demographics: (demographics) => withoutPlaces(withoutLocation(demographics), places),
    page: (section, page) => ({
      ...page,
      entries: page.entries.map((entry) => ({
        ...entry,
        item: withoutPlaces(entryWithoutLocation(section, entry.item), places),
      })),
      statedNoneKnown: page.statedNoneKnown.map(provenanceWithoutLocation),
    }),
    addition: (value, ownRule) => (ownRule ? withoutPlaces(ownRule(value as never), places) : null),
  }
}
