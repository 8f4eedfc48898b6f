import type { Command } from 'commander'
import { registerImport } from './csv/register-import.ts'

/** `lcr objections`: what is done with objections outside the graph. */
export function registerObjections(program: Command): void {
  const texts = {
    name: 'objections',
    description: "Patients' objections to sharing: take over those made under earlier schemes.",
    example: 'lcr objections import sel earlier-objections.csv',
    importing: 'Take over objections made to ConnectCare or the Local Care Record.',
    participant: 'code of the participant that will keep them, such as sel',
    help: HELP,
  }
  registerImport(program, texts, () => import('./objections/import-file.ts'))
}

const HELP = `
The first line names the columns, in any order:

  nhs_number   ten digits, with or without spaces
  received_on  the day on which the patient objected: 2024-03-31
  source       connectcare or local-care-record
  status       received, under-review, upheld, not-upheld or withdrawn
  decided_on   the day of the decision; for upheld and not-upheld, and for what was withdrawn after one
  reason       public-interest, safeguarding or risk-of-harm; for not-upheld only

Opt-outs of the Summary Care Record do not carry over, nor does the national data opt-out.

Every right line is taken over and holds at once: an objection that waits for another line's mistake
would leave a record open. Every wrong line is named, by its number and column, and left out. Importing
the same file again changes nothing, nor what was done with its objections since.
Ends with 0 when nothing was refused, 1 when something was, 2 when the command cannot be carried out.

Example:
  $ cat earlier-objections.csv
  nhs_number,received_on,source,status,decided_on,reason
  999 000 0069,2023-05-02,connectcare,upheld,2023-05-30,
  999 000 0077,2024-03-31,local-care-record,not-upheld,2024-04-19,safeguarding
  $ npx lcr objections import sel earlier-objections.csv`
