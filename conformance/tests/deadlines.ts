import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { ask, askRecord } from '../subject/ask.ts'
import { toObject } from '../subject/json.ts'
import { describeReply } from '../subject/reply.ts'
import { entriesOf } from '../subject/whole-record.ts'
import { failed, PASSED, skipped } from '../verdict.ts'
import { NO_RECORD } from './over-sections.ts'

const inTime: ConformanceTest = {
  id: 'deadlines.in-time',
  title: 'Answers a summary of a record within the time that the gateway waits',
  isAboutRecords: true,
  async run(subject) {
    const [patient] = subject.patients
    if (!patient) return skipped('No patient was given: see --patient.')
    const sections = subject.sections.map(({ name }) => `${name} { nodes { id time } status }`)
    const reply = await askRecord(subject, patient.nhsNumber, { selection: sections.join(' ') })
    if (reply.problem !== 'TIMED_OUT' && reply.ms <= subject.deadlineMs) return PASSED
    return failed({
      expected: `an answer within ${subject.deadlineMs} ms`,
      came:
        reply.problem === 'TIMED_OUT'
          ? describeReply(reply)
          : `one after ${Math.round(reply.ms)} ms`,
      mend: 'Read all sections of a request at once; the gateway goes on without a source that is late.',
    })
  },
}

const noTime: ConformanceTest = {
  id: 'deadlines.never-hangs',
  title: 'Ends a call of which the time is over with an answer or an error, and does not hang',
  async run(subject) {
    const query = '{ _service { sdl } }'
    for (const deadlineMs of [1, 5]) {
      const reply = await subject.call({
        authorization: subject.sign(),
        body: { query },
        deadlineMs,
      })
      if (reply.problem !== 'TIMED_OUT') continue
      return failed({
        expected: `an end soon after the ${deadlineMs} ms that x-deadline-ms gives`,
        came: describeReply(reply),
        mend: 'Stop working for a call when its time is over, and answer DEADLINE_EXCEEDED.',
      })
    }
    return PASSED
  },
}

const notShorter: ConformanceTest = {
  id: 'deadlines.no-shorter-answer',
  title: 'Fails what was not ready in time, and never gives a shorter answer',
  isAboutRecords: true,
  async run(subject) {
    const [record] = await subject.records()
    if (!record) return NO_RECORD
    const selection = record.sections
      .map(({ section: { name } }) => `${name}(first: 500) { edges { cursor node { id } } }`)
      .join(' ')
    for (const deadlineMs of [1, 2, 5, 10]) {
      const reply = await askRecord(subject, record.patient.nhsNumber, { selection, deadlineMs })
      if (reply.problem === 'TIMED_OUT') {
        return failed({
          expected: `an end soon after ${deadlineMs} ms`,
          came: describeReply(reply),
          mend: 'Stop working for a call when its time is over, and answer DEADLINE_EXCEEDED.',
        })
      }
      const shorter = record.sections.find(({ section: { name }, entries }) => {
        const connection = toObject(reply.record?.[name])
        return connection && entriesOf(connection).length < Math.min(500, entries.length)
      })
      const isSilent = reply.data && !reply.record && reply.errors.length === 0
      if (!shorter && !isSilent) continue
      return failed({
        expected: `everything or DEADLINE_EXCEEDED, in ${deadlineMs} ms`,
        came: shorter ? `fewer ${shorter.section.name} than there are` : 'null without an error',
        mend: 'A list cut short by time would be read as complete: make it an error.',
      })
    }
    return PASSED
  },
}

const gone: ConformanceTest = {
  id: 'deadlines.caller-gone',
  title: 'Keeps well when callers go away before their answers',
  async run(subject) {
    const query = '{ _service { sdl } }'
    const left = Array.from({ length: 20 }, async (_, turn) => {
      const leaving = new AbortController()
      const call = subject.call({
        authorization: subject.sign(),
        body: { query },
        signal: leaving.signal,
      })
      setTimeout(() => leaving.abort(), turn % 5)
      await call
    })
    await Promise.all(left)
    const reply = await ask(subject, query)
    if (reply.status === 200 && reply.data) return PASSED
    return failed({
      expected: 'an answer after twenty callers have gone away',
      came: describeReply(reply),
      mend: "Free what a call holds when its connection closes: a thread, a transaction, a pool's connection.",
    })
  },
}

/** Time: what comes too late is worth nothing, and what is cut short does harm. */
export const deadlines: ConformanceGroup = {
  name: 'deadlines',
  title: 'Deadlines',
  tests: [inTime, noTime, notShorter, gone],
}
