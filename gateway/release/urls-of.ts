import type { Config } from '../config.ts'
import type { Version } from '../registry/version.ts'

/**
 * Where a member's subgraph is asked: where the settings say, else where it was published.
 *
 * @throws when the version has no such member
 */
export function urlsOf(
  { sources }: Pick<Config, 'sources'>,
  { members }: Pick<Version, 'members'>,
  code: string,
): readonly string[] {
  const member = members.find(({ participant }) => participant.code === code)
  if (!member) throw new Error(`The supergraph has a subgraph '${code}' that is no member's`)
  const setting = sources.find((source) => source.code === code)
  // A participant that published nothing is where the settings say, said or not.
  const isSettled = setting !== undefined && (setting.isSet || member.publication === null)
  return isSettled ? setting.urls : [member.url]
}
