import type { FastifyRequest } from 'fastify'
import type { RequestContext } from './context.ts'

const LONGEST = 200

/** What a request says of the program and the device that it comes from: claims, and no proof. */
export function askingOf({
  headers,
  ip,
}: Pick<FastifyRequest, 'headers' | 'ip'>): Pick<RequestContext, 'client' | 'device'> {
  const said = (name: string): string | null => {
    const value = headers[name]
      ?.toString()
      .replaceAll(/[^\x20-\x7e]/g, '')
      .slice(0, LONGEST)
    return value ? value : null
  }
  const name = said('apollographql-client-name')
  return {
    client: name === null ? null : { name, version: said('apollographql-client-version') },
    device: { id: said('x-device-id'), address: ip, userAgent: said('user-agent') },
  }
}
