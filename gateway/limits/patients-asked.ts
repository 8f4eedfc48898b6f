import type { GraphQLError, GraphQLSchema } from 'graphql'
import { toNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'
import { VIEWING } from '../access/root-fields.ts'
import { argumentsOf } from '../audit/describe/arguments.ts'
import type { RequestContext } from '../context.ts'
import { refusalError } from '../errors.ts'
import type { ReadOperation } from '../operation/read-operation.ts'
import type { CallerRates, RateRefusal } from './caller-rates.ts'
import { whoAsks } from './who.ts'

/** More would be a list of patients, which is nobody's direct care. */
const MOST_PATIENTS = 10

/**
 * Refuses an operation about more than ten patients, searches and emergency claims counted in, before
 * any of them is looked up.
 *
 * @returns the error TOO_MANY_PATIENTS, or null
 */
export function refuseTooManyPatients({
  rootFields,
}: Pick<ReadOperation, 'rootFields'>): GraphQLError | null {
  const about = [...rootFields.values()].filter(({ name }) => VIEWING.has(name.value))
  return about.length > MOST_PATIENTS ? refusalError('TOO_MANY_PATIENTS') : null
}

/** Counts the patients of an operation for its caller; null while the caller may ask about them. */
export function countPatients(
  { schema, rates }: { readonly schema: GraphQLSchema; readonly rates: CallerRates },
  { identity, device, requestId }: RequestContext,
  read: ReadOperation,
): Promise<RateRefusal | null> {
  const who = whoAsks(identity, device.address ?? '')
  return rates.refusePatients(who, patientsAsked(schema, read, requestId), requestId)
}

/** A number each; each search counts as somebody new. */
function patientsAsked(schema: GraphQLSchema, read: ReadOperation, requestId: string): string[] {
  return [...read.rootFields].flatMap(([key, node]) => {
    const field = node.name.value
    if (!VIEWING.has(field)) return []
    const { nhsNumber } = field === 'findPatients' ? {} : argumentsOf(schema, read, node)
    const number = typeof nhsNumber === 'string' ? toNhsNumber(nhsNumber) : null
    return [number ?? `${requestId} ${key}`]
  })
}
