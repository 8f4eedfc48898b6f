import { parse } from 'graphql'
import type { Finding } from '../../gateway/registry/checks/check.ts'
import type { Candidate } from '../../gateway/registry/checks/publication.ts'
import { checkContract } from '../../gateway/registry/checks/schema/implements-contract.ts'
import { checkNamespace } from '../../gateway/registry/checks/schema/namespace.ts'
import { checkParses } from '../../gateway/registry/checks/schema/parses.ts'
import { checkParticipation } from '../../gateway/registry/checks/schema/participation.ts'
import type { ConformanceGroup, ConformanceTest } from '../conformance-test.ts'
import { ask } from '../subject/ask.ts'
import { toObject, toText } from '../subject/json.ts'
import { describeReply, type Reply } from '../subject/reply.ts'
import type { Subject } from '../subject/subject.ts'
import { failed, PASSED, skipped, type Verdict } from '../verdict.ts'

const published: ConformanceTest = {
  id: 'schema.published',
  title: 'Publishes its schema in _service',
  async run(subject) {
    const reply = await askService(subject)
    const sdl = sdlOf(reply)
    if (sdl !== '') return tell(checkParses(sdl).findings)
    return failed({
      expected: 'a schema in GraphQL as _service.sdl',
      came: describeReply(reply),
      mend: 'Answer { _service { sdl } } with the published schema, directives included.',
    })
  },
}

/** A test that makes one of the checks that a schema passes before it is published. */
function checkTest(
  id: string,
  title: string,
  check: (candidate: Candidate) => readonly Finding[],
): ConformanceTest {
  return {
    id,
    title,
    async run(subject) {
      const sdl = sdlOf(await askService(subject))
      const { document } = checkParses(sdl)
      if (!document) return skipped('There is no schema to be looked at: see schema.published.')
      const { participant, url, contractSdl } = subject
      const contract = parse(contractSdl, { noLocation: true })
      return tell(check({ publication: { participant, sdl, url }, document, others: [], contract }))
    },
  }
}

/** The published schema: the checks are the registry's own. */
export const schema: ConformanceGroup = {
  name: 'schema',
  title: 'Schema',
  tests: [
    published,
    checkTest('schema.contract', 'Implements the contract, nothing less', checkContract),
    checkTest(
      'schema.participation',
      'Publishes records when it contributes, and none when it is view-only',
      ({ publication, document }) => checkParticipation(publication.participant, document),
    ),
    checkTest('schema.namespace', 'Keeps to names of its own', checkNamespace),
  ],
}

function askService(subject: Subject): Promise<Reply> {
  return ask(subject, '{ _service { sdl } }')
}

function sdlOf({ data }: Reply): string {
  return toText(toObject(data?.['_service'])?.['sdl'])
}

/** The first of what a check finds; the others often follow from it. */
function tell(findings: readonly Finding[]): Verdict {
  const [first, ...others] = findings
  if (!first) return PASSED
  const more = others.length > 0 ? ` (and ${others.length} more: see 'lcr check')` : ''
  return failed({
    expected: 'a schema that the registry takes',
    came: `${first.message}${first.where === null ? '' : ` At ${first.where}.`}${more}`,
    mend: first.mend,
  })
}
