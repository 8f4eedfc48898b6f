import { sharesOf } from '../../subgraphs/kit/shares.ts'
import type { ConformanceTest } from '../conformance-test.ts'
import type { Subject } from '../subject/subject.ts'
import { failed, PASSED } from '../verdict.ts'
import { overSections } from './over-sections.ts'

/** Whether the participant's description says that it shares a section. */
export function sharesSection({ participant }: Subject, name: string): boolean {
  return sharesOf(participant).some(({ section }) => section === name)
}

/** What a description says is shared, and what a record answers. */
export const sharedSections: ConformanceTest = {
  id: 'sections.shared',
  title: 'Shares the sections that its description names, and of no other anything',
  isAboutRecords: true,
  run: (subject) =>
    overSections(subject, ({ section, entries, connection, where }) => {
      const { code } = subject.participant
      const isShared = sharesSection(subject, section.name)
      const told = connection['notShared']
      const isRight = isShared
        ? JSON.stringify(told) === '[]'
        : JSON.stringify([told, connection['statedNoneKnown'], entries.length]) ===
          JSON.stringify([[code], [], 0])
      if (isRight) return PASSED
      return failed({
        expected: isShared
          ? `notShared [] of ${where}: participant.json says that it is shared`
          : `notShared ["${code}"] of ${where}, without entries or statements: participant.json does not say that it is shared`,
        came: `${entries.length} entries, and another answer`,
        mend: 'Name in `shares` of participant.json what is shared of everybody, and answer NOT_SHARED for every other section.',
      })
    }),
}
