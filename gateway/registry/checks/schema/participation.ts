import type { DocumentNode } from 'graphql'
import type { Participant } from '../../../../subgraphs/kit/participant.ts'
import { isContributor, recordTypeName } from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import type { Finding } from '../check.ts'
import { placed } from './compare-types.ts'
import { publishedTypes } from './published-types.ts'

/** What every record type implements. */
const RECORD = 'CareRecord'

/** A participant publishes what it takes part in: who only views publishes no patient record. */
export function checkParticipation(
  participant: Pick<Participant, 'code' | 'participation'>,
  document: DocumentNode,
): Finding[] {
  if (isContributor(participant)) return []
  const record = recordTypeName(participant.code)
  return [...publishedTypes(document).values()]
    .filter(
      ({ kind, name, interfaces }) =>
        kind === 'type' && (interfaces.has(RECORD) || name === record),
    )
    .map(({ name, node }) => ({
      where: placed(name, node),
      message: `${participant.code} only views and may publish no patient record.`,
      mend: `Remove the type ${name}, or ask the operator to let the participant contribute.`,
    }))
}
