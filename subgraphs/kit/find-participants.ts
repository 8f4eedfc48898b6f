import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isBundled, projectRoot } from '../../project-root.ts'
import type { Participant } from './participant.ts'

/** What stands under `subgraphs/` beside the participants. */
const OTHER_FOLDERS = new Set(['kit', 'index'])

/**
 * Every participant that has a folder under `subgraphs/`, in the order of their codes. Adding a
 * participant is adding its folder: no list names it a second time.
 *
 * @throws when a folder's participant has another code than the folder, or two share an ODS code
 */
export async function findParticipants(): Promise<Participant[]> {
  const folders = (await readdir(join(projectRoot, 'subgraphs'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !OTHER_FOLDERS.has(entry.name))
    .map((entry) => entry.name)
    .sort()
  const participants: Participant[] = []
  for (const folder of folders) {
    const file = isBundled
      ? join(projectRoot, 'dist', 'subgraphs', folder, 'participant.js')
      : join(projectRoot, 'subgraphs', folder, 'participant.ts')
    if (!existsSync(file)) continue
    const module = (await import(pathToFileURL(file).href)) as { participant: Participant }
    if (module.participant.code !== folder) {
      throw new Error(
        `subgraphs/${folder}/participant.ts has the code '${module.participant.code}': it must be the folder's name`,
      )
    }
    participants.push(module.participant)
  }
  refuseSharedOrganisations(participants)
  return participants
}

function refuseSharedOrganisations(participants: readonly Participant[]): void {
  const owners = new Map<string, string>()
  for (const { code, organisations } of participants) {
    for (const { odsCode } of organisations) {
      const owner = owners.get(odsCode)
      if (owner !== undefined) {
        throw new Error(`Organisation ${odsCode} stands in both '${owner}' and '${code}'`)
      }
      owners.set(odsCode, code)
    }
  }
}
