import { type Config, ConfigError, readConfig } from '../../gateway/config.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'

/** The settings of this process, and who participates. */
export interface Settings {
  readonly config: Config
  readonly participants: readonly Participant[]
}

/** The settings of this process; or, for the terminal, a line for each problem. */
export async function readSettings(): Promise<Settings | { problem: string }> {
  const participants = await findParticipants()
  try {
    return { config: readConfig(process.env, participants), participants }
  } catch (error) {
    if (error instanceof ConfigError) return { problem: error.message }
    throw error
  }
}
