/** The time now. Tests give one that stands still. */
export type Clock = () => Date

/** The machine's clock. */
export const systemClock: Clock = () => new Date()
