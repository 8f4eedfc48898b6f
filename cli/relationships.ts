import type { Command } from 'commander'
import { registerImport } from './csv/register-import.ts'

/** `lcr relationships`: relationships that a participant brings as a file. */
export function registerRelationships(program: Command): void {
  const texts = {
    name: 'relationships',
    description: 'Care relationships that a participant brings as a file, beside its feed.',
    example: 'lcr relationships import hpft caseload.csv',
    importing: "Take over a participant's list of its own organisations' relationships.",
    participant: 'code of the participant whose list it is, such as hpft',
    help: HELP,
  }
  registerImport(program, texts, () => import('./relationships/import-file.ts'))
}

const HELP = `
The first line names the columns, in any order:

  nhs_number  ten digits, with or without spaces
  ods_code    one of the participant's organisations: it brings nobody else's relationships
  kind        gp-registration, referral, appointment, attendance, admission or caseload
  start       the day or moment on which it begins: 2026-03-31, or 2026-03-31T09:30:00Z
  end         likewise; empty while it is open
  referrer    the ODS code of who referred; for a referral only

It works for every participant, with or without a database of its own. The list takes the place of the
one that was imported for the participant before, at once and as a whole; what its feed tells stands
beside it. Every wrong line is named, by its number and column, and a list with a wrong line changes
nothing. A list of nobody (its first line alone) ends all that an earlier one brought.
Which of them open a record is told in docs/access.md.
Ends with 0 when the list was taken over, 1 when a line was refused, 2 when the command cannot be carried out.

Example:
  $ cat caseload.csv
  nhs_number,ods_code,kind,start,end,referrer
  999 000 0131,RWR,caseload,2026-03-31,,
  9990000158,RWR,referral,2026-04-02T09:30:00Z,,RQW
  $ npx lcr relationships import hpft caseload.csv`
