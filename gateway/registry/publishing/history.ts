import { createHash } from 'node:crypto'
import type { CheckResult } from '../checks/check.ts'
import { findPublications } from '../store/publications.ts'
import type { PublicationOutcome } from '../store/tables.ts'
import { findNewestVersion, findVersions } from '../store/versions.ts'
import type { PublishingParts } from './parts.ts'

/** What happened to a participant's subgraph and to the supergraph. */
export interface History {
  readonly participant: string
  /** The publication in force; null when the participant has published nothing that is. */
  readonly inForce: string | null
  /** Its publications and attempts, the last one first. */
  readonly publications: readonly {
    readonly id: string
    readonly outcome: PublicationOutcome
    readonly publishedBy: string
    readonly publishedAt: string
    readonly url: string
    /** SHA-256 of the schema, in hexadecimal. */
    readonly schemaDigest: string
    /** What the checks said. */
    readonly results: readonly CheckResult[]
  }[]
  /** Everybody's supergraphs, the last one first. */
  readonly versions: readonly {
    readonly number: number
    readonly cause: string
    readonly madeBy: string
    readonly madeAt: string
    /** The participant's own publication in it. */
    readonly publication: string | null
  }[]
}

/** Tells what a participant published, what the checks said, and which supergraphs there were. */
export async function historyOf(
  { db, builtIn }: Pick<PublishingParts, 'db' | 'builtIn'>,
  participant: string,
  most: number,
): Promise<History> {
  const [newest, publications, versions] = [
    await findNewestVersion(db, builtIn),
    await findPublications(db, participant, most),
    await findVersions(db, most),
  ]
  const own = newest.members.find((member) => member.participant.code === participant)
  return {
    participant,
    inForce: own?.publication ?? null,
    publications: publications.map(({ id, outcome, url, sdl, results, ...by }) => ({
      id,
      outcome,
      publishedBy: by.publishedBy,
      publishedAt: by.publishedAt.toISOString(),
      url,
      schemaDigest: createHash('sha256').update(sdl).digest('hex'),
      results,
    })),
    versions: versions.map(({ number, cause, madeBy, madeAt, members }) => ({
      number,
      cause,
      madeBy,
      madeAt: madeAt.toISOString(),
      publication: members.find(({ code }) => code === participant)?.publication ?? null,
    })),
  }
}
