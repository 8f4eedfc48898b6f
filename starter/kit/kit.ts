// What the package `lcr-kit` offers to a participant from outside: its types stand in lcr-kit.d.ts.

export { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
export { defineParticipant } from '../../subgraphs/kit/participant.ts'
export {
  DescriptionError,
  readParticipantDescription,
} from '../../subgraphs/kit/participant-description.ts'
export { startSubgraph } from '../../subgraphs/kit/start-subgraph.ts'
export { publishedSchema } from './published-schema.ts'
export { serveParticipant } from './serve-participant.ts'
