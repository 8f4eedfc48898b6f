/** A request to a gateway's registry. */
export interface RegistryRequest {
  /** `http(s)://host:port` */
  readonly gateway: string
  readonly participant: string
  readonly action: 'check' | 'publish' | 'rollback' | 'history'
  /** Sent as JSON; a request without one is a GET. */
  readonly body?: object
}

/** The registry could not be asked, or refused; one line that says what to mend. */
export class RegistryRefusal extends Error {
  /** The whole answer, where there was one. */
  readonly answer: unknown

  constructor(line: string, answer?: unknown) {
    super(line)
    this.answer = answer
  }
}

/**
 * Asks a gateway's registry as a participant's publisher; a publication that was refused is an answer as well.
 *
 * @throws {RegistryRefusal}
 */
export async function askRegistry<Answer>(request: RegistryRequest): Promise<Answer> {
  const { gateway, participant, action, body } = request
  const token = process.env['LCR_PUBLISHER_TOKEN']
  if (!token) {
    throw new RegistryRefusal(
      "LCR_PUBLISHER_TOKEN is absent: it takes the token that the gateway's operator made with 'lcr publisher'",
    )
  }
  const path = `/registry/participants/${participant}/${action}`
  return askGateway({ gateway, path, token, ...(body && { body }) })
}

/**
 * Asks a gateway for something of its registry.
 *
 * @param asked.token null for what everybody may ask
 * @param asked.body sent as JSON; a request without one is a GET
 * @throws {RegistryRefusal}
 */
export async function askGateway<Answer>(asked: {
  readonly gateway: string
  readonly path: string
  readonly token: string | null
  readonly body?: object
}): Promise<Answer> {
  const { gateway, path, token, body } = asked
  const url = registryUrl(gateway, path)
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new RegistryRefusal(`no gateway answers at ${url.origin}: is --gateway right?`)
  })
  const answer: unknown = await response.json().catch(() => null)
  if (isProblem(answer)) throw new RegistryRefusal(answer.detail ?? answer.title, answer)
  if (answer === null || (!response.ok && response.status !== 422)) {
    throw new RegistryRefusal(`${url.origin} is no gateway: it answered ${response.status}`)
  }
  return answer as Answer
}

function registryUrl(gateway: string, path: string): URL {
  try {
    return new URL(path, gateway)
  } catch {
    throw new RegistryRefusal(`--gateway must be like https://gateway.example.nhs.uk`)
  }
}

function isProblem(
  answer: unknown,
): answer is { readonly title: string; readonly detail?: string } {
  return typeof (answer as { title?: unknown } | null)?.title === 'string'
}
