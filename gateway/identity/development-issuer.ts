import { createHash, randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Persona } from './personas.ts'

/** Where the development issuer's tokens say they come from. */
export const DEVELOPMENT_ISSUER = 'https://issuer.development.lcr.invalid'

/** Whom they are for. */
export const DEVELOPMENT_AUDIENCE = 'london-care-record-gateway'

/** What to change in a token that is to be refused, or to age it. */
export interface TokenOptions {
  readonly privateKey: JWK
  readonly now?: Date
  /** Seconds until it expires; 8 hours when left out: a shift. */
  readonly lifetime?: number
  readonly issuer?: string
  readonly audience?: string
  readonly assuranceLevel?: 1 | 2 | 3
  /** When the person signed in; now when left out. */
  readonly signedInAt?: Date
}

const SHIFT = 8 * 60 * 60

/**
 * Signs a token of NHS CIS2's shape (ID token and userinfo in one) for an invented person. For
 * development alone: the gateway refuses this issuer when `NODE_ENV` is `production`.
 */
export async function signPersonaToken(persona: Persona, options: TokenOptions): Promise<string> {
  const { privateKey, now = new Date(), lifetime = SHIFT, assuranceLevel = 2 } = options
  const userId = numberOf(`user ${persona.key}`)
  const roleId = numberOf(`role ${persona.key}`)
  const issuedAt = Math.floor(now.getTime() / 1000)
  const signedInAt = Math.floor((options.signedInAt ?? now).getTime() / 1000)
  return new SignJWT({
    azp: options.audience ?? DEVELOPMENT_AUDIENCE,
    sid: randomUUID(),
    auth_time: signedInAt,
    acr: `AAL${assuranceLevel}_OR_AAL3_ANY`,
    amr: ['N3_SMARTCARD'],
    id_assurance_level: '3',
    authentication_assurance_level: String(assuranceLevel),
    selected_roleid: roleId,
    nhsid_useruid: userId,
    name: persona.name,
    nhsid_nrbac_roles: [
      {
        org_code: persona.odsCode,
        person_orgid: numberOf(`org ${persona.key}`),
        person_roleid: roleId,
        role_code: persona.roleCode,
        role_name: `"Development":"Persona":"${persona.roleName}"`,
        activity_codes: persona.activityCodes ?? [],
      },
    ],
  })
    .setProtectedHeader({
      alg: 'RS256',
      typ: 'JWT',
      ...(privateKey.kid && { kid: privateKey.kid }),
    })
    .setSubject(userId)
    .setIssuer(options.issuer ?? DEVELOPMENT_ISSUER)
    .setAudience(options.audience ?? DEVELOPMENT_AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(await importJWK(privateKey, 'RS256'))
}

/** Twelve digits that stay the same for the same words, as national user and role ids are. */
function numberOf(words: string): string {
  const digest = createHash('sha256').update(words).digest()
  return String(digest.readUIntBE(0, 6) % 1_000_000_000_000).padStart(12, '5')
}
