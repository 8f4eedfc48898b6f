import { askRecord } from '../subject/ask.ts'
import { toObject } from '../subject/json.ts'
import { codesAt, describeReply } from '../subject/reply.ts'
import type { Subject } from '../subject/subject.ts'
import { failed, PASSED, skipped, type Verdict } from '../verdict.ts'

/**
 * Judges whether values of an argument are refused with BAD_USER_INPUT that names the argument, while
 * the rest of the record is answered.
 *
 * @param values as they stand in an operation
 */
export async function refusesArgument(
  subject: Subject,
  argument: string,
  values: readonly string[],
): Promise<Verdict> {
  const [patient] = subject.patients
  if (!patient) return skipped('No patient was given: see --patient.')
  for (const value of values) {
    const reply = await askRecord(subject, patient.nhsNumber, {
      selection: `nhsNumber bad: allergies(${argument}: ${value}) { nodes { id } }`,
    })
    const path = ['_entities', 0, 'bad']
    const isRefused = reply.record?.['bad'] === null && reply.record['nhsNumber']
    const named = reply.errors.some(
      ({ extensions }) => toObject(extensions)?.['argument'] === argument,
    )
    if (isRefused && named && codesAt(reply, path).join() === 'BAD_USER_INPUT') continue
    return failed({
      expected: `for ${argument}: ${value} null and BAD_USER_INPUT, with the argument's name in extensions.argument, and the rest of the record`,
      came: `${describeReply(reply)}${named || reply.errors.length === 0 ? '' : ', without extensions.argument'}`,
      mend: 'A value that cannot be used is never corrected in silence: the reader would take the answer for what was asked.',
    })
  }
  return PASSED
}
