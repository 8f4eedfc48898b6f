import { type GraphQLLeafType, isEnumType } from 'graphql'
import { dateTime } from '../../subgraphs/kit/fhir/time.ts'

/** Whether a JSON value, not null, is one of a scalar or an enum. */
export function acceptedLeaf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name))
    return (value) => names.has(value)
  }
  return scalars[type.name] ?? isPlain
}

/** No integer of GraphQL is further from zero: 32 bits. */
const [LEAST, MOST] = [-(2 ** 31), 2 ** 31 - 1]

/** Most moments, without making a date of each: no day of it is missing from any month. */
const USUAL_MOMENT =
  /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]0\d:[0-5]\d))?$/

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: isText,
  String: isText,
  Boolean: (value) => typeof value === 'boolean',
  // JSON has numbers, such as 1e999, that are read as infinite.
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  Int: (value) => Number.isInteger(value) && Number(value) >= LEAST && Number(value) <= MOST,
  DateTime: (value) =>
    typeof value === 'string' && (USUAL_MOMENT.test(value) || dateTime(value) !== null),
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

/** A scalar that nothing is known of holds no structure. */
function isPlain(value: unknown): boolean {
  return typeof value === 'number'
    ? Number.isFinite(value)
    : typeof value === 'string' || typeof value === 'boolean'
}
