/** Why nothing was made, in one line that says what to mend. */
export class InitProblem extends Error {}
