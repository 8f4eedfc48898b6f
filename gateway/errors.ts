import { GraphQLError } from 'graphql'

/**
 * Every refusal and failure that a client can be told of: a stable code, a fixed text and, where the
 * whole request fails, an HTTP status. Texts never hold facts of the request.
 */
export const errorCatalogue = {
  UNAUTHENTICATED: {
    text: 'A current access token for this gateway is needed, from a trusted issuer and at assurance level 2 or more.',
    status: 401,
  },
  ROLE_NOT_PERMITTED: {
    text: 'The selected role may not view patient records.',
    status: 403,
  },
  ORGANISATION_NOT_A_PARTICIPANT: {
    text: 'The organisation of the selected role takes no part in the London Care Record.',
    status: 403,
  },
  VIEWING_NOT_PERMITTED: {
    text: 'The participant of this organisation contributes records but may not view them.',
    status: 403,
  },
  PURPOSE_NOT_PERMITTED: {
    text: 'The London Care Record is for direct care: purpose TREAT, ETREAT, COC or BTG.',
    status: 403,
  },
  FIELD_NOT_PERMITTED: {
    text: 'The selected role may not see this.',
  },
  NO_LEGITIMATE_RELATIONSHIP: {
    text: 'Your organisation has no legitimate relationship with a patient of this NHS number.',
  },
  OBJECTION_IN_FORCE: {
    text: 'The patient has objected to sharing: the record is closed.',
  },
  PATIENT_IDENTITY_UNDECIDED: {
    text: 'Sources disagree on who bears this NHS number, and nothing decides. No name and no merged entry is shown: look at each source by itself (records), under its own name and date of birth, and confirm with the patient.',
  },
  STEP_UP_AUTHENTICATION_REQUIRED: {
    text: 'Emergency access needs a sign-in at assurance level 3, or one of the last minutes: sign in again.',
  },
  EMERGENCY_CLAIM_NOT_FOUND: {
    text: 'You have made no such claim at this organisation.',
  },
  OBJECTION_NOT_FOUND: {
    text: 'Your participant keeps no such objection.',
  },
  OBJECTION_STATE_CONFLICT: {
    text: 'The objection does not stand where this step begins: look at it again. Nothing was changed.',
  },
  OBJECTION_ALREADY_OPEN: {
    text: 'Your participant keeps an open objection of this patient already. Nothing was recorded.',
  },
  OPERATION_NOT_REGISTERED: {
    text: 'This gateway answers registered operations alone, and this is none: its team registers it first.',
    status: 403,
  },
  OPERATION_TOO_LARGE: {
    text: 'The operation asks for more than one operation may.',
    status: 400,
  },
  TOO_MANY_PATIENTS: {
    text: 'One operation may be about ten patients at most, searches included: ask again for fewer.',
    status: 400,
  },
  RATE_LIMITED: {
    text: 'That is more than one caller may ask within a minute: ask again after the seconds in Retry-After.',
    status: 429,
  },
  OVERLOADED: {
    text: 'The gateway has more to do than it can do in time: ask again after the seconds in Retry-After.',
    status: 503,
  },
  AUDIT_UNAVAILABLE: {
    text: 'What is looked at cannot be written down at present, so nothing may be shown. Ask again in a moment.',
    status: 503,
  },
  PRIVACY_ALERT_NOT_FOUND: {
    text: 'There is no such alert about staff of your participant.',
  },
  PRIVACY_ALERT_STATE_CONFLICT: {
    text: 'The alert does not stand where this step begins: look at it again. Nothing was changed.',
  },
  PRIVACY_ALERT_ABOUT_YOURSELF: {
    text: 'The alert is about you: a colleague has to work on it. Nothing was changed.',
  },
  GOVERNANCE_UNAVAILABLE: {
    text: 'Objections, emergency access, alerts and the audit trail cannot be read or changed at present: look again before repeating a change.',
  },
  INDEX_UNAVAILABLE: {
    text: 'The patient index does not answer at present. Nothing can be said about any patient.',
    status: 503,
  },
  INTERNAL_SERVER_ERROR: {
    text: 'Something went wrong in the gateway. Nothing of the answer may be relied on.',
    status: 500,
  },
} as const satisfies Readonly<Record<string, { readonly text: string; readonly status?: number }>>

export type ErrorCode = keyof typeof errorCatalogue

/**
 * The catalogue's error for a code, with the HTTP status that ends the whole request.
 *
 * @param retryAfterSeconds when to ask again, where that is known
 */
export function refusalError(code: ErrorCode, retryAfterSeconds?: number): GraphQLError {
  const entry: { readonly text: string; readonly status?: number } = errorCatalogue[code]
  const { text, status = 200 } = entry
  const headers = new Map(headersOf[status] ?? [])
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  return new GraphQLError(text, { extensions: { code, http: { status, headers } } })
}

/** What a client is told beside a status: to sign in, or to ask again in some seconds. */
const headersOf: Readonly<Record<number, readonly (readonly [name: string, value: string])[]>> = {
  401: [['www-authenticate', 'Bearer']],
  503: [['retry-after', '1']],
}

/** The catalogue's error for a part of an answer; the rest of the answer goes on. */
export function errorAt(path: readonly (string | number)[], code: ErrorCode): GraphQLError {
  return new GraphQLError(errorCatalogue[code].text, { path, extensions: { code } })
}
