import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../project-root.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { baseOf } from './base.ts'
import { builtInMembers } from './built-in-members.ts'
import type { Version } from './version.ts'

/** The version that this software brings along, in the file `supergraph.graphql`, and its base. */
export interface BuiltIn extends Version {
  readonly base: string
}

/** Reads `supergraph.graphql` with the participants that it is made of. */
export async function readBuiltIn(): Promise<BuiltIn> {
  const supergraphSdl = await readFile(join(projectRoot, 'supergraph.graphql'), 'utf8')
  const members = await builtInMembers(await readContract())
  return {
    number: 0,
    base: baseOf(supergraphSdl),
    supergraphSdl,
    members: members.map((member) => ({ ...member, publication: null, isBuiltIn: true })),
  }
}
