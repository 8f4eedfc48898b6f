/** Most tokens of an operation: every field of every section in one has fewer, and no honest one more. */
export const MAX_TOKENS = 6000
