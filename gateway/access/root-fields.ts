/** What anybody may ask, without a token: it tells nothing. */
export const FOR_ANYBODY: ReadonlySet<string> = new Set(['__typename'])

/** What everybody with a genuine token may ask: themselves, the schema, and who takes part. */
export const FOR_ANY_CALLER: ReadonlySet<string> = new Set([
  '__typename',
  '__schema',
  '__type',
  'me',
  'participants',
])

/** What views patients: the participant of the caller's organisation must be one that may. */
export const VIEWING: ReadonlySet<string> = new Set([
  'patient',
  'findPatients',
  'claimEmergencyAccess',
])
