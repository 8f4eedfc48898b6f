/** Why a token service gave no token. */
export type TokenFault =
  | 'TIMED_OUT'
  /** The connection could not be made, or broke. */
  | 'UNREACHABLE'
  /** It does not take the client's word: another id, key or clock than it expects, or one that signs nothing. */
  | 'REFUSED'
  | 'BUSY'
  | 'FAILED'
  /** No token in its answer. */
  | 'NOT_UNDERSTOOD'

/** There is no token. Nothing of what the token service wrote is taken over: it may be a secret. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly code: TokenFault

  constructor(code: TokenFault) {
    super(`The token service gave no token: ${code}`)
    this.code = code
  }
}
