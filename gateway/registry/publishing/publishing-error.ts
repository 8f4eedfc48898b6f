import type { CheckResult } from '../checks/check.ts'

/** Why something cannot be published or taken back, by code. */
export const publishingProblems = {
  NOT_ADMITTED: {
    status: 404,
    text: "The participant is not admitted: the gateway's operator does that with 'lcr admit'.",
  },
  NOTHING_TO_GO_BACK_TO: {
    status: 409,
    text: 'The participant has published nothing that it could go back to.',
  },
  NO_SUCH_PUBLICATION: {
    status: 404,
    text: "The participant has no published version of that number: see 'lcr history'.",
  },
  DOES_NOT_FIT: {
    status: 422,
    text: 'That version does not fit what others publish now: nothing was changed.',
  },
  CHANGED_MEANWHILE: {
    status: 409,
    text: 'Others published at the same time: nothing was changed. Try again.',
  },
} as const

/** Something could not be published or taken back; nothing was changed. */
export class PublishingError extends Error {
  override readonly name = 'PublishingError'
  readonly code: keyof typeof publishingProblems
  /** What the checks said that keep it from being in force. */
  readonly results: readonly CheckResult[]

  constructor(code: keyof typeof publishingProblems, results: readonly CheckResult[] = []) {
    super(publishingProblems[code].text)
    this.code = code
    this.results = results
  }
}
