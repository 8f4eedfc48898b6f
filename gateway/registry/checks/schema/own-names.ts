import { participantTypeName } from '../../../../subgraphs/kit/schema/participant-sdl.ts'

/** Tells a participant's own names from everybody else's. */
export interface OwnNames {
  /** What its root fields begin with: `nel`. */
  readonly code: string
  /** What its types begin with: `Nel`. */
  readonly prefix: string
  /** True for `Nel` and `NelCarePlan`; not for `Nelson`, which would be participant nelson's. */
  isType(name: string): boolean
  /** True for `nelFeed`. */
  isRootField(name: string): boolean
}

/** The names that a participant may give, by its code. */
export function ownNames(code: string): OwnNames {
  const prefix = participantTypeName(code)
  return {
    code,
    prefix,
    isType: (name) => beginsWithWord(name, prefix),
    isRootField: (name) => beginsWithWord(name, code),
  }
}

function beginsWithWord(name: string, word: string): boolean {
  return name.startsWith(word) && /^([A-Z_]|$)/.test(name.slice(word.length))
}
