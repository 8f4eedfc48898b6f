import { DIRECT_CARE } from '../../subgraphs/kit/assertion/claims.ts'

const PERMITTED: ReadonlySet<string> = new Set(DIRECT_CARE)

/** What a caller is taken to want who says nothing. */
const TREATMENT = 'TREAT'

/**
 * The purpose of a request: question 4. The request may choose among the token's purposes; it cannot
 * bring one that the token does not name, once the token names any.
 *
 * @param ofToken purposes that the token names, none when it names none
 * @param ofRequest what the request's `X-Purpose-Of-Use` header says
 * @returns null when it is not direct care, or not the token's
 */
export function purposeOf(
  ofToken: readonly string[],
  ofRequest: string | undefined,
): string | null {
  const purpose = ofRequest ?? ofToken[0] ?? TREATMENT
  const isOwn = ofToken.length === 0 || ofToken.includes(purpose)
  return isOwn && PERMITTED.has(purpose) ? purpose : null
}
