import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql'

const HEADING = `# What clients of the London Care Record see: the supergraph with its merged record, descriptions included.
# Everything stands in the order of the alphabet, so that two versions can be compared line by line.
`

/** The public schema as a file: the same text for the same schema, in whatever order it was composed. */
export function publicSdl(schema: GraphQLSchema): string {
  return `${HEADING}\n${printSchema(lexicographicSortSchema(schema))}\n`
}
