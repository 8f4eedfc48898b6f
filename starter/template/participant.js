// Who takes part: participant.json, which the gateway's operator admits, and what you add to the contract.

import { readFileSync } from 'node:fs'
import { defineParticipant, readParticipantDescription } from 'lcr-kit'
import { extension } from './extension.js'

const description = readFileSync(new URL('participant.json', import.meta.url), 'utf8')

export const participant = defineParticipant({
  ...readParticipantDescription(JSON.parse(description)),
  ...(extension && { extension }),
})
