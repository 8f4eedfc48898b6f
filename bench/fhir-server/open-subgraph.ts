import { exportJWK, generateKeyPair } from 'jose'
import type { ConformanceOptions } from '../../conformance/run-conformance.ts'
import { openSubject } from '../../conformance/subject/open-subject.ts'
import type { Subject } from '../../conformance/subject/subject.ts'
import type { SubgraphOptions } from '../../subgraphs/kit/create-subgraph.ts'
import { startSubgraph } from '../../subgraphs/kit/start-subgraph.ts'
import { participant } from '../../subgraphs/swl/participant.ts'

/** A subgraph that listens, and all that it is asked with. */
export interface OpenSubgraph {
  readonly subject: Subject
  readonly conformance: ConformanceOptions
  close(): Promise<void>
}

/** As long as a subgraph takes time at all: HAPI has just started, and shares the machine. */
const DEADLINE_MS = 5_000

/** Starts the participant's subgraph over a source of records. */
export async function openSubgraph(
  source: Pick<SubgraphOptions, 'databaseUrl' | 'fhir'>,
  about: Pick<ConformanceOptions, 'nhsNumbers' | 'excluded'>,
): Promise<OpenSubgraph> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const gatewayKeys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench' }] }
  const subgraph = await startSubgraph({ participant, gatewayKeys, ...source })
  const privateJwk = { ...(await exportJWK(privateKey)), kid: 'bench' }
  const conformance = {
    url: subgraph.url,
    participant,
    privateJwk,
    deadlineMs: DEADLINE_MS,
    ...about,
  }
  const { subject, close } = await openSubject(conformance)
  return {
    subject,
    conformance,
    async close() {
      await close()
      await subgraph.close()
    },
  }
}
