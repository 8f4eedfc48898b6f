import type { Command } from 'commander'
import { registerImport } from './csv/register-import.ts'

/** `lcr staff`: which members of staff are patients. */
export function registerStaff(program: Command): void {
  const texts = {
    name: 'staff',
    description: 'Members of staff who are patients, for alerts about their own records.',
    example: 'lcr staff import sel staff.csv',
    importing: "Take over a participant's list of staff who are patients.",
    participant: 'code of the participant whose list it is, such as sel',
    help: HELP,
  }
  registerImport(program, texts, () => import('./staff/import-file.ts'))
}

const HELP = `
The first line names the columns, in any order:

  user_id     the person's national user id
  nhs_number  their own, ten digits, with or without spaces
  ods_code    where they work: one of the participant's organisations; a line for each

The list takes the place of the one that was imported for the participant before, at once and as a
whole. Every wrong line is named, by its number and column, and left out; a file without a right line
changes nothing. The list is read by the rules for privacy alerts alone: nobody sees it in the graph.
Ends with 0 when nothing was refused, 1 when something was, 2 when the command cannot be carried out.

Example:
  $ cat staff.csv
  user_id,nhs_number,ods_code
  555000000201,999 000 0069,RJZ
  555000000202,9990000077,RJ1
  $ npx lcr staff import sel staff.csv`
