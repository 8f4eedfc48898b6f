import { print } from 'graphql'
import { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import {
  isContributor,
  participantTypeName,
  recordTypeName,
} from '../../subgraphs/kit/schema/participant-sdl.ts'
import { ConformanceProblem } from '../problem.ts'
import type { ConformanceOptions } from '../run-conformance.ts'
import { ask } from './ask.ts'
import { createCaller } from './caller.ts'
import { contractSchemaOf, contractSectionsOf } from './contract-shape.ts'
import { describeReply } from './reply.ts'
import { createSigner } from './sign.ts'
import type { Patient, Subject } from './subject.ts'
import { unknownNumber } from './unknown-number.ts'
import { readWholeRecord, type WholeRecord } from './whole-record.ts'

/** How long the gateway waits for a source. */
const DEADLINE_MS = 2000

/**
 * Makes ready what tests ask with, and makes sure that there is something to ask.
 *
 * @throws {ConformanceProblem} when the subgraph does not answer, or takes no assertion of this key
 */
export async function openSubject(
  options: ConformanceOptions,
): Promise<{ readonly subject: Subject; close(): Promise<void> }> {
  const { url, deadlineMs = DEADLINE_MS } = options
  const asked = patientsOf(options)
  const own = await contractOf(options)
  const { call, replies, close } = createCaller(url, deadlineMs)
  let records: Promise<readonly WholeRecord[]> | null = null
  const subject: Subject = {
    url,
    deadlineMs,
    ...own,
    ...asked,
    lists: await loadExclusions(),
    call,
    replies,
    records() {
      records ??= readRecords(subject)
      return records
    },
  }
  try {
    await makeSureItAnswers(subject)
  } catch (error) {
    await close()
    throw error
  }
  return { subject, close }
}

/** @throws {ConformanceProblem} when a contributor is to be tested without anybody's record */
function patientsOf(
  options: ConformanceOptions,
): Pick<Subject, 'patients' | 'unknown' | 'excluded'> {
  const { participant, nhsNumbers, excluded } = options
  if (isContributor(participant) && nhsNumbers.length === 0) {
    throw new ConformanceProblem(
      'Say of whom the subgraph holds a record: --patient <nhs number>, once or more',
    )
  }
  const known = [...nhsNumbers, ...(excluded === undefined ? [] : [excluded])]
  return {
    patients: nhsNumbers.map((nhsNumber, at) => ({ label: `patient ${at + 1}`, nhsNumber })),
    unknown: { label: 'an unknown patient', nhsNumber: unknownNumber(known) },
    excluded:
      excluded === undefined ? null : { label: 'the excluded patient', nhsNumber: excluded },
  }
}

/** What the participant has to publish, under which names, and who signs for it. */
async function contractOf({ participant, privateJwk }: ConformanceOptions) {
  const { code } = participant
  const schema = await contractSchemaOf(participant)
  return {
    participant,
    type: participantTypeName(code),
    recordType: recordTypeName(code),
    feed: `${code}Feed`,
    contributes: isContributor(participant),
    schema,
    contractSdl: print(await readContract()),
    sections: contractSectionsOf(schema, code),
    sign: createSigner(code, privateJwk),
  }
}

async function makeSureItAnswers(subject: Subject): Promise<void> {
  const reply = await ask(subject, '{ __typename }')
  if (reply.status === 401) {
    throw new ConformanceProblem(
      "The subgraph refuses this run's assertions (401): give with --key the private half of a key that it trusts, and make sure of the participant's code and of both clocks",
    )
  }
  if (reply.status === 200 && reply.data) return
  throw new ConformanceProblem(
    `There is no subgraph to be tested at this address: ${describeReply(reply)} for { __typename }`,
  )
}

async function readRecords(subject: Subject): Promise<readonly WholeRecord[]> {
  const read = (patient: Patient) => readWholeRecord(subject, patient)
  const records = await Promise.all(subject.patients.map(read))
  return records.flatMap((record) => record ?? [])
}
