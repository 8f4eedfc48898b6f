import { createSubgraph, type SubgraphOptions } from './create-subgraph.ts'

/** A subgraph that listens. */
export interface RunningSubgraph {
  /** `http://host:port/graphql` */
  readonly url: string
  /** Answers what is under way, then closes the port and the database. */
  close(): Promise<void>
}

/**
 * Starts a participant's subgraph.
 *
 * @param options.port a free one when left out or 0
 * @param options.host 127.0.0.1 when left out
 * @throws when the port is taken, and as createSubgraph does
 */
export async function startSubgraph(
  options: SubgraphOptions & { readonly port?: number; readonly host?: string },
): Promise<RunningSubgraph> {
  const { port = 0, host = '127.0.0.1' } = options
  const server = await createSubgraph(options)
  try {
    const address = await server.listen({ port, host })
    return { url: `${address}/graphql`, close: () => server.close() }
  } catch (error) {
    await server.close()
    throw error
  }
}
