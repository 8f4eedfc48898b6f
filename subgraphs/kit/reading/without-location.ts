/** A contract's `Demographics`, or as much of it as matters here. */
interface Locating {
  readonly contacts?: readonly object[]
}

/**
 * Demographics of a sensitive (S-flagged) patient without anything that gives a location: addresses,
 * telecom, the general practice, and the telephone numbers of next of kin.
 */
export function withoutLocation<Demographics extends object>(demographics: Demographics) {
  const { contacts = [] } = demographics as Locating
  return {
    ...demographics,
    addresses: [],
    telecom: [],
    generalPractice: null,
    contacts: contacts.map((contact) => ({ ...contact, telecom: [] })),
  }
}
