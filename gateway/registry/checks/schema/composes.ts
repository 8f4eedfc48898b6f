import { GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql'
import { participantTypeName } from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import { tryToCompose } from '../../compose.ts'
import { ownSubgraphs } from '../../own-subgraphs.ts'
import type { Finding } from '../check.ts'
import type { Candidate } from '../publication.ts'

/** So many problems are told: the first ones mended, most others are gone as well. */
const MOST_TOLD = 20

/**
 * A schema composes with everybody else's, the index's and governance's.
 *
 * @returns the new supergraph, null when there is none
 */
export function checkComposes({ publication, others, contract }: Candidate): {
  readonly findings: readonly Finding[]
  readonly supergraphSdl: string | null
} {
  const { code } = publication.participant
  const members = [...others.filter(({ participant }) => participant.code !== code), publication]
  const participants = members.map(({ participant }) => participant)
  const composed = compose([
    ...members.map(({ participant, url, sdl }) => ({ name: participant.code, url, sdl })),
    ...ownSubgraphs(participants, contract),
  ])
  if ('supergraphSdl' in composed) return { findings: [], ...composed }
  const findings = composed.errors.map((error) => toFinding(error, code))
  return { findings: onePerPlace(findings).slice(0, MOST_TOLD), supergraphSdl: null }
}

/** The composer says the same of every other subgraph: once is enough, with how often it does. */
function onePerPlace(findings: readonly Finding[]): Finding[] {
  const told = new Map<string, Finding[]>()
  for (const finding of findings) {
    const place = `${finding.where} ${finding.mend}`
    const same = told.get(place) ?? []
    if (!same.some(({ message }) => message === finding.message)) same.push(finding)
    told.set(place, same)
  }
  return [...told.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? []
    const mend = `${first.mend} Others like it at this place: ${others.length}.`
    return [{ ...first, mend }]
  })
}

/** The composer throws at some schemas that it does not expect. */
function compose(subgraphs: Parameters<typeof tryToCompose>[0]): ReturnType<typeof tryToCompose> {
  try {
    return tryToCompose(subgraphs)
  } catch (error) {
    const what = error instanceof Error ? error.message : 'it cannot be read'
    return { errors: [error instanceof GraphQLError ? error : new GraphQLError(what)] }
  }
}

function toFinding(error: GraphQLError, code: string): Finding {
  const errorCode = String(error.extensions['code'] ?? '')
  if (errorCode === 'SATISFIABILITY_ERROR') return toUnanswerable(error.message)
  const [first = '', ...rest] = error.message.split('\n')
  const message = [first, ...rest.map((line) => line.trim())]
    .join(' ')
    .replace(/^\[(\w+)\] /, '$1: ')
    .trim()
  return {
    where: coordinateIn(message),
    message: /[.!?:]$/.test(message) ? message : `${message}.`,
    mend: mendOf(errorCode, participantTypeName(code)),
  }
}

/** The first type or field that a message of the composer names. */
function coordinateIn(message: string): string | null {
  return /(?:"|\btype )([A-Z]\w*(?:\.\w+)?(?:\(\w+:\))?)/.exec(message)?.[1] ?? null
}

function mendOf(errorCode: string, prefix: string): string {
  if (/MISMATCH|INCONSISTENT|EMPTY_MERGED|KIND/.test(errorCode)) {
    return `Publish it as the other subgraphs do, or under a name of your own that begins with ${prefix}.`
  }
  if (errorCode === 'INVALID_FIELD_SHARING') {
    return `Leave the field to the subgraph that has it, or publish it under a name that begins with ${prefix}.`
  }
  if (errorCode === 'INVALID_GRAPHQL') return 'Define what the message names, or correct its name.'
  if (/KEY|FIELDS/.test(errorCode)) return 'Name fields of the type itself, each spelled as it is.'
  return errorCode === ''
    ? 'Correct what the message names.'
    : `Correct what the message names; the composer's code for it is ${errorCode}.`
}

const UNANSWERABLE = /supergraph API query:\n([\s\S]*?)\ncannot be satisfied[^\n]*\n([\s\S]*)$/

/** A query that nobody could answer: as a path of fields, with each reason once. */
function toUnanswerable(message: string): Finding {
  const [, query = '', reasons = ''] = UNANSWERABLE.exec(message) ?? []
  const path = pathOf(query)
  const told = [...new Set(reasons.split('\n').map((line) => line.replace(/^[\s-]+/, '')))]
    .filter((line) => line !== '' && !line.startsWith('from subgraph'))
    .slice(0, 3)
    .join(' ')
  return {
    where: path,
    message: `Nobody could answer ${path ?? 'a query of the graph'}: ${told === '' ? 'no subgraph has it.' : told}`,
    mend: 'Let your subgraph answer the field by itself: every field of a type that you publish, under a key that the index knows.',
  }
}

function pathOf(query: string): string | null {
  try {
    const [operation] = parse(query.replace(/\.\.\.(?!\s*(on|@)\b)/g, '__typename')).definitions
    const names: string[] = []
    let selections: SelectionSetNode | undefined =
      operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined
    while (selections) {
      const [selection]: SelectionSetNode['selections'] = selections.selections
      if (selection?.kind === Kind.FIELD && selection.name.value !== '__typename') {
        names.push(selection.name.value)
      }
      selections =
        selection && selection.kind !== Kind.FRAGMENT_SPREAD ? selection.selectionSet : undefined
    }
    return names.length > 0 ? names.join('.') : null
  } catch {
    // The composer's text changed its form: the reasons still say what is wrong.
    return null
  }
}
