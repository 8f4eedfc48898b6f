import type { DocumentNode } from 'graphql'
import type { Finding } from '../check.ts'
import { compareTypes } from '../schema/compare-types.ts'
import { parseKnown } from '../schema/parse-known.ts'
import { checkParses } from '../schema/parses.ts'
import { type PublishedType, publishedTypes } from '../schema/published-types.ts'
import { tellFailure } from './ask-service.ts'
import { WHICH_SCHEMA } from './service-queries.ts'
import type { ServiceUnderCheck } from './service-under-check.ts'

/** So many differences are told: the service runs another version, and each of them says so. */
const MOST_TOLD = 10

/** The schema that the service speaks (`_service { sdl }`) is the one that is published, whatever its order. */
export async function checkSpeaks(service: ServiceUnderCheck): Promise<Finding[]> {
  const { ask, assertion, deadlineMs, sdl } = service
  const answer = await ask({
    query: WHICH_SCHEMA,
    authorization: `Bearer ${assertion}`,
    waitMs: deadlineMs,
  })
  if (answer.outcome !== 'ANSWERED') {
    return [tell(null, `Asking the service for its schema ${tellFailure(answer, deadlineMs)}.`)]
  }
  const data = answer.body?.data as { _service?: { sdl?: unknown } | null } | null | undefined
  const spoken = data?._service?.sdl
  if (typeof spoken !== 'string') {
    return [tell(null, `The service does not tell its schema (status ${answer.status}).`)]
  }
  const { document } = checkParses(spoken)
  if (!document) return [tell(null, 'The schema that the service tells is no GraphQL.')]
  return compareSchemas(parseKnown(sdl), document).slice(0, MOST_TOLD)
}

function tell(where: string | null, message: string): Finding {
  return {
    where,
    message,
    mend: "Publish the schema that the running service answers to '{ _service { sdl } }', or deploy the version that is published.",
  }
}

/** In the published schema's names alone: what the service says is told to nobody. */
function compareSchemas(published: DocumentNode, spoken: DocumentNode): Finding[] {
  const there = publishedTypes(published)
  const found = publishedTypes(spoken)
  const unknown = [...found.keys()].filter((name) => !there.has(name)).length
  return [
    ...[...there.values()].flatMap((type) => compareType(type, found.get(type.name))),
    ...(unknown > 0
      ? [tell(null, `The service speaks of ${unknown} more type(s) than are published.`)]
      : []),
  ]
}

function compareType(published: PublishedType, spoken: PublishedType | undefined): Finding[] {
  const { name, fields } = published
  if (!spoken) return [tell(name, `${name} is published, and the service does not speak of it.`)]
  const places = compareTypes(published, spoken).map(({ where }) => {
    const place = (where ?? '').replace(/ \(.*$/, '')
    return fields.has(place.slice(name.length + 1)) ? place : name
  })
  const lacking = [...fields.keys()].filter((field) => !spoken.fields.has(field))
  const differing = [...new Set([...places, ...lacking.map((field) => `${name}.${field}`)])]
  return differing.map((place) =>
    tell(place, `${place} is published otherwise than the service speaks of it.`),
  )
}
