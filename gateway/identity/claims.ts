import * as z from 'zod'
import type { Caller } from './caller.ts'

/** Some environments send assurance levels as strings, others as integers. */
const level = z.union([z.literal([1, 2, 3]), z.literal(['1', '2', '3']).transform(Number)])

/** Seconds since 1970, as JSON Web Tokens count (RFC 7519, NumericDate). */
const seconds = z.number().min(0).max(253_402_300_799)

const role = z.object({
  org_code: z.string().regex(/^[A-Z0-9]{3,10}$/),
  person_roleid: z.string().min(1),
  role_code: z.string().regex(/^S\d{4}:G\d{4}:R\d{4}$/),
  role_name: z.string(),
  activity_codes: z.array(z.string()).default([]),
})

/** One purpose or several, as plain codes or, as IHE's Internet User Authorization has it, with their system. */
const purposeCode = z.union([
  z.string(),
  z.object({ code: z.string() }).transform(({ code }) => code),
])
const purposesOfUse = z
  .union([purposeCode.transform((code) => [code]), z.array(purposeCode)])
  .optional()
  .transform((codes) => codes ?? [])
  // What cannot be read is a purpose that nobody permits, not one that was left out.
  .catch(['UNREADABLE'])

/** The claims that this gateway reads of NHS CIS2's ID token and userinfo, joined in one token. */
const cis2Claims = z.object({
  sub: z.string().min(1),
  nhsid_useruid: z.string().min(1),
  name: z.string().min(1),
  authentication_assurance_level: level,
  auth_time: seconds.optional().catch(undefined),
  selected_roleid: z.string().min(1),
  nhsid_nrbac_roles: z.array(z.unknown()),
  purpose_of_use: purposesOfUse,
})

/** HL7 v3-ActReason for direct care. */
const TREATMENT = 'TREAT'

/**
 * The caller whom verified claims describe: the acting role is the entry whose `person_roleid` is
 * the `selected_roleid`, and the acting organisation is that entry's, never another one's.
 * Null when the claims name no such role, or are not of CIS2's shape.
 */
export function toCaller(claims: unknown): Caller | null {
  const parsed = cis2Claims.safeParse(claims)
  if (!parsed.success) return null
  const selected = parsed.data.nhsid_nrbac_roles
    .map((entry) => role.safeParse(entry))
    .flatMap((entry) => (entry.success ? [entry.data] : []))
    .filter((entry) => entry.person_roleid === parsed.data.selected_roleid)
  const [acting] = selected
  if (acting === undefined || selected.length > 1) return null
  const signedInAt = parsed.data.auth_time
  return {
    userId: parsed.data.nhsid_useruid,
    name: parsed.data.name,
    role: {
      profileId: acting.person_roleid,
      code: acting.role_code.slice(acting.role_code.lastIndexOf(':') + 1),
      name: acting.role_name.replaceAll('"', '').split(':').at(-1) ?? '',
    },
    odsCode: acting.org_code,
    activityCodes: acting.activity_codes,
    assuranceLevel: parsed.data.authentication_assurance_level,
    signedInAt: signedInAt === undefined ? null : new Date(signedInAt * 1000),
    purposes: parsed.data.purpose_of_use,
    purpose: parsed.data.purpose_of_use[0] ?? TREATMENT,
  }
}
