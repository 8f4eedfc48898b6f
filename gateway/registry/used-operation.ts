/** An operation that clients have sent, as the audit trail knows it, or that a team has registered. */
export interface UsedOperation {
  /** SHA-256 of the text, in hexadecimal. */
  readonly digest: string
  /** Without values: strings are empty, lists have nothing in them, numbers are 0. */
  readonly text: string
  readonly name: string | null
  /** The programs that sent it, as they call themselves, the most frequent first; `unnamed` for others. */
  readonly clients: readonly string[]
  /** In how many requests. */
  readonly times: number
  /** ISO 8601; null when it is registered and was not used yet. */
  readonly lastUsed: string | null
  /** The teams that registered it; left out when none did. */
  readonly teams?: readonly string[]
}
