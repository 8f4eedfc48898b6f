import type { AwayCode } from './national-answer.ts'

/** The service gave no answer that can be used; inside this folder alone. */
export class AwayError extends Error {
  override readonly name = 'AwayError'
  readonly code: AwayCode

  constructor(code: AwayCode) {
    super(`The national service is away: ${code}`)
    this.code = code
  }
}
