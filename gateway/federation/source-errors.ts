/**
 * What a client is told of a source's failure. The source's own words never leave the gateway: they
 * can hold addresses of machines and values of rows.
 */
const sourceErrorTexts = {
  SOURCE_TIMED_OUT: 'This source did not answer in time. What it knows is missing here.',
  SOURCE_NOT_ASKED:
    'This source fails at present and was not asked. What it knows is missing here.',
  SOURCE_FAILED: 'This source could not answer. What it knows is missing here.',
  SOURCE_INVALID:
    'This source sent something that is not of the contract. What belongs here is missing.',
  SOURCE_QUARANTINED:
    'What this source sent seems to be about somebody else. Nothing of it is shown: what it knows is missing here.',
  SOURCE_UNCONFIRMED:
    'It cannot be told whether what this source sent is about this patient: it stands in the view by source alone. What it knows is missing here.',
  SOURCE_SEVERAL_PEOPLE:
    'This source has several people under this number and shows nothing of any. What it knows is missing here.',
  BAD_USER_INPUT:
    'An argument is not valid: first takes 1 to 500, after a cursor of this list, since and until a date.',
  FORBIDDEN: 'This source refused the request.',
} as const

export type SourceErrorCode = keyof typeof sourceErrorTexts

/** The error that stands for a failed call or a failed field of a source. */
export function sourceError(source: string, code: SourceErrorCode, path?: readonly unknown[]) {
  return {
    message: sourceErrorTexts[code],
    ...(path && { path: path as (string | number)[] }),
    extensions: { code, participant: source },
  }
}

/** What a source may say of itself, by its own code. */
const KNOWN_CODES: ReadonlyMap<unknown, SourceErrorCode> = new Map([
  ['BAD_USER_INPUT', 'BAD_USER_INPUT'],
  ['FORBIDDEN', 'FORBIDDEN'],
  ['SEVERAL_PEOPLE', 'SOURCE_SEVERAL_PEOPLE'],
] as const)

/** A source's own errors, with nothing left of them but where they happened and a known code. */
export function maskErrors(source: string, errors: readonly unknown[]) {
  return errors.map((error) => {
    const { path, extensions } = (error ?? {}) as {
      path?: unknown
      extensions?: { code?: unknown }
    }
    const code = extensions?.code
    const known = KNOWN_CODES.get(code) ?? 'SOURCE_FAILED'
    return sourceError(source, known, isPath(path) ? path : undefined)
  })
}

function isPath(path: unknown): path is (string | number)[] {
  return (
    Array.isArray(path) &&
    path.every((step) => Number.isInteger(step) || /^[_A-Za-z]\w{0,80}$/.test(String(step)))
  )
}
