import { type GraphQLSchema, getArgumentValues } from 'graphql'
import type { Located } from '../subgraphs/index/locate.ts'
import type { ReadOperation } from './operation/read-operation.ts'

/** The patients that an operation asks about, by the response key of each; null for one unknown. */
export type LocatedPatients = ReadonlyMap<string, Located | null>

/** The root field that leads to a patient. */
const PATIENT_FIELD = 'patient'

/**
 * Finds every patient of an operation in the index, once each, before anything is planned or asked.
 *
 * @throws what `locate` throws: GraphQLError for an NHS number that is not valid, else the index's failure
 */
export async function locatePatients(
  schema: GraphQLSchema,
  { rootFields, variables }: ReadOperation,
  locate: (nhsNumber: string) => Promise<Located | null>,
): Promise<LocatedPatients> {
  const field = schema.getQueryType()?.getFields()[PATIENT_FIELD]
  const asked = [...rootFields].filter(([, node]) => node.name.value === PATIENT_FIELD)
  const located = await Promise.all(
    asked.map(async ([key, node]) => {
      const { nhsNumber } = field ? getArgumentValues(field, node, variables) : {}
      return [key, await locate(String(nhsNumber))] as const
    }),
  )
  return new Map(located)
}
