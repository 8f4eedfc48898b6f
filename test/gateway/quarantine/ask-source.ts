import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import type { FederatedSource } from '../../../gateway/federation/apollo-executor.ts'
import { HttpSource } from '../../../gateway/federation/http-source.ts'
import { createRemoteSource } from '../../../gateway/federation/remote-source.ts'
import type { CallContext } from '../../../gateway/federation/types.ts'
import { checkedSource } from '../../../gateway/quarantine/checked-source.ts'
import type { Finding } from '../../../gateway/quarantine/finding.ts'
import type { KnownIdentity } from '../../../gateway/quarantine/known-identity.ts'
import { smallContract } from './small-contract.ts'

/** The patient whom all these tests ask about, and one who is somebody else. */
export const ADA = '9990000018'
export const EVE = '9990000026'

/** A name as a source sends it. */
export function nameOf(given: string | null, family: string | null) {
  const parts = [given, family].filter((part) => part !== null)
  return { text: parts.join(' '), given: given === null ? [] : [given], family }
}

/** How her record is asked for. */
export const ADA_ASKED = { __typename: 'NelRecord', nhsNumber: ADA }

/** What the index knows of her. */
export const ADA_KNOWN: KnownIdentity = {
  nhsNumbers: [ADA],
  person: { birthDate: '1950-05-05', families: [['example']], given: ['ada'] },
  vouched: new Set(),
}

/** What a source sends for `lcr_lcr_nhsNumber` and `lcr_lcr_demographics` of her record. */
export const ADA_SENT = {
  lcr_lcr_nhsNumber: ADA,
  lcr_lcr_demographics: { birthDate: '1950-05-05', name: nameOf('Ada', 'Example') },
}

const cleanups: (() => Promise<unknown>)[] = []

/** Sends a request of the gateway an answer of any kind. */
export type Respond = (
  response: ServerResponse,
  sent: { readonly query: string; readonly variables: Record<string, unknown> },
) => void

/** The source is closed after each test. */
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** Begins a source over real HTTP that answers as it is told to, checked as the gateway does it. */
export async function startSource(respond: Respond) {
  let closedSockets = 0
  const server: Server = createServer((request, response) => void handle(request, response))
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    response.on('error', () => {})
    respond(response, JSON.parse(Buffer.concat(chunks).toString()))
  }
  server.on('connection', (socket) => socket.on('close', () => (closedSockets += 1)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const findings: Finding[] = []
  const source: FederatedSource = checkedSource(
    createRemoteSource(
      new HttpSource({
        name: 'nel',
        urls: [`http://127.0.0.1:${port}/graphql`],
        deadlineMs: 20_000,
        maxConnections: 2,
        maxBytes: 1_000_000,
        hedgeAfterMs: 20_000,
        openMs: 1,
      }),
    ),
    { schema: () => smallContract, maxEntries: 10, onFinding: (one) => findings.push(one) },
  )
  cleanups.push(async () => {
    await source.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { source, findings, closedSockets: () => closedSockets }
}

/** What one request is about. */
export interface AskOptions {
  readonly representations?: readonly Record<string, unknown>[]
  readonly variables?: Record<string, unknown>
  readonly identities?: readonly KnownIdentity[]
  /** Whether the source's feed says that it holds what is asked for. */
  readonly isKnown?: boolean
}

/** Asks a checked source for a selection of records; the answer with every finding. */
export async function askSource(respond: Respond, selection: string, options: AskOptions = {}) {
  const started = await startSource(respond)
  const answer = await askRecords(started.source, selection, options)
  return { ...answer, findings: started.findings }
}

/** Asks for a selection of records, or of other entities. */
export function askRecords(source: FederatedSource, selection: string, options: AskOptions = {}) {
  const [asked] = options.representations ?? [ADA_ASKED]
  const query = `query ($representations: [_Any!]!, $more: Boolean = false) {
    _entities(representations: $representations) { ... on ${asked?.['__typename']} { ${selection} } }
  }`
  return askQuery(source, query, options)
}

/** Asks for entities with a whole query. */
export function askQuery(source: FederatedSource, query: string, options: AskOptions = {}) {
  const { representations = [ADA_ASKED], variables } = options
  return source.ask({
    query,
    variables: { representations, ...variables },
    call: callFor(options),
    path: ['patient', 'records', '@'],
  })
}

function callFor({ identities = [ADA_KNOWN], isKnown = false }: AskOptions): CallContext {
  const numberOf = (representation: Readonly<Record<string, unknown>>) =>
    String(representation['nhsNumber'] ?? '')
  return {
    signal: new AbortController().signal,
    deadlineAt: performance.now() + 20_000,
    permitted: Promise.resolve(),
    headers: () => ({}),
    groupOf: numberOf,
    identityOf: (one) => identities.find(({ nhsNumbers }) => nhsNumbers.includes(numberOf(one))),
    isKnown: () => isKnown,
    requestId: 'r-1',
    local: null,
  }
}

/** Sends JSON. */
export function json(body: unknown): Respond {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
}

/** Sends one record in the place of the entities. */
export function record(value: unknown): Respond {
  return json({ data: { _entities: [value] } })
}
