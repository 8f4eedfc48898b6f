// The subgraph: the one process that the gateway asks about your patients. `npm start` runs it.
//
// serveParticipant reads .env and the environment, brings its database up to date, and listens: POST /graphql
// for the gateway's signed assertions and nobody else, /health/live and /health/ready for your monitoring. It
// answers about the one patient an assertion is for, leaves out what is never shared, and says what a role may see.
//
// To run it inside a server of your own, call startSubgraph instead: it reads no settings.

import { serveParticipant } from 'lcr-kit'

await serveParticipant(import('./participant.js'))
