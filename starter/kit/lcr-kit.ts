#!/usr/bin/env node
import { Command } from 'commander'
import { registerKitConformance } from './conformance-command.ts'
import { registerKitLoad } from './load-command.ts'
import { registerKitSchema } from './schema-command.ts'

const program = new Command('lcr-kit')
  .description("Commands for the folder of one participant's subgraph; npm run … runs them.")
  .showHelpAfterError('Run the command with --help to see how it is used.')
  .addHelpText('after', '\nExample:\n  $ npm run load examples/')

registerKitLoad(program)
registerKitSchema(program)
registerKitConformance(program)

await program.parseAsync()
