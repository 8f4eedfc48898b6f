import { admitParticipant } from '../../../gateway/registry/store/admitted.ts'
import { createPublisher } from '../../../gateway/registry/store/publishers.ts'
import type { RegistryDatabase } from '../../../gateway/registry/store/tables.ts'
import type { ParticipantDescription } from '../../../subgraphs/kit/participant-description.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import type { TestSystem } from '../../support/system.ts'

/** The registry's answer, with what HTTP said of it. */
export interface RegistryAnswer {
  readonly status: number
  readonly contentType: string | null
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape of what it asked for
  readonly body: any
}

/** Opens the registry of a test system's gateway. */
export function openRegistry(system: TestSystem) {
  return connect<RegistryDatabase>(system.settings['DATABASE_URL'] ?? '', 2)
}

/** Admits a participant and makes a publisher for it, at these URLs' origins; gives the token. */
export async function admit(
  db: ReturnType<typeof openRegistry>,
  participant: ParticipantDescription,
  urls: readonly string[],
): Promise<string> {
  await admitParticipant(db, participant, new Date())
  return createPublisher(db, {
    participant: participant.code,
    name: `${participant.name} pipeline`,
    origins: urls.map((url) => new URL(url).origin),
    createdAt: new Date(),
  })
}

/** Asks a gateway's registry over HTTP. */
export async function askRegistry(
  gateway: string,
  {
    participant,
    action,
    token,
    body,
  }: {
    readonly participant: string
    readonly action: string
    readonly token: string | null
    readonly body?: unknown
  },
): Promise<RegistryAnswer> {
  const response = await fetch(`${gateway}/registry/participants/${participant}/${action}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: await response.json(),
  }
}
