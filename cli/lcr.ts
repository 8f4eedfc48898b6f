#!/usr/bin/env node
import { Command } from 'commander'
import { registerAdmit } from './admit.ts'
import { registerAudit } from './audit.ts'
import { registerCompose } from './compose.ts'
import { registerConformance } from './conformance.ts'
import { registerGateway } from './gateway.ts'
import { registerInit } from './init.ts'
import { registerLoad } from './load.ts'
import { registerObjections } from './objections.ts'
import { registerRegistry } from './registry.ts'
import { registerRelationships } from './relationships.ts'
import { registerServe } from './serve.ts'
import { registerStaff } from './staff.ts'
import { registerStart } from './start.ts'
import { registerTeams } from './teams.ts'
import { registerToken } from './token.ts'

const program = new Command('lcr')
  .description(
    'The London Care Record gateway: one patient graph over many health information exchanges.',
  )
  .showHelpAfterError('Run the command with --help to see how it is used.')
  .addHelpText('after', '\nExample:\n  $ npx lcr start')

registerStart(program)
registerServe(program)
registerGateway(program)
registerLoad(program)
registerObjections(program)
registerStaff(program)
registerRelationships(program)
registerAudit(program)
registerCompose(program)
registerConformance(program)
registerAdmit(program)
registerRegistry(program)
registerInit(program)
registerTeams(program)
registerToken(program)

await program.parseAsync()
