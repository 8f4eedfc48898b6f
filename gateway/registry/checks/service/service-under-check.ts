import type { AskService } from './ask-service.ts'

/** A running service, and what it takes to ask it. */
export interface ServiceUnderCheck {
  /** The participant's code. */
  readonly code: string
  /** The schema that it should speak. */
  readonly sdl: string
  readonly ask: AskService
  /** Genuine, with scope `participant.read`. */
  readonly assertion: string
  /** Genuine, for somebody else. */
  readonly foreignAssertion: string
  /** Milliseconds for which the gateway waits. */
  readonly deadlineMs: number
}
