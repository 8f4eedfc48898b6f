/** A resource of one patient's record, and where exclusion passes from and to. */
export interface Linked {
  /** `Type/id`. */
  readonly key: string
  /** Judged by itself, whatever its links within the record say. */
  readonly isExcluded: boolean
  /** Keys of what it hangs on. */
  readonly hangsOn: readonly string[]
  /** Keys of what goes with it. */
  readonly holds: readonly string[]
}

/** Everything of a record that is never shared: what is judged so, and all that goes with it. */
export function spread(record: readonly Linked[]): Set<string> {
  const followers = new Map<string, string[]>()
  const follow = (leader: string, follower: string) => {
    const others = followers.get(leader)
    if (others === undefined) followers.set(leader, [follower])
    else others.push(follower)
  }
  for (const { key, hangsOn, holds } of record) {
    for (const leader of hangsOn) follow(leader, key)
    for (const follower of holds) follow(key, follower)
  }
  const excluded = new Set(record.filter((one) => one.isExcluded).map(({ key }) => key))
  for (const key of excluded) {
    // A set grows while it is walked, and ends when nothing new is found.
    for (const follower of followers.get(key) ?? []) excluded.add(follower)
  }
  return excluded
}
