const waiting: (() => void)[] = []
let isTaken = false

/**
 * Resolves in a turn of the event loop that no other piece of work has: at once where that is this
 * one, else in the order of asking.
 *
 * Whatever is ready in a turn is done before the next one begins, and in each turn one new connection
 * is taken (libuv). Without this a gateway with much to do takes connections, those of health checks
 * among them, seconds after they came.
 */
export async function ownTurn(): Promise<void> {
  if (isTaken) return new Promise((resolve) => waiting.push(resolve))
  isTaken = true
  setImmediate(giveNext)
}

function giveNext(): void {
  const next = waiting.shift()
  isTaken = next !== undefined
  if (!next) return
  next()
  setImmediate(giveNext)
}
