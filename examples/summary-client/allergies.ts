import { ask, type Gateway } from './ask.ts'
import {
  type AllergyLineFragment,
  AllergySummaryDocument,
  type SectionStatus,
} from './generated/operations.ts'

/** What an empty list means: nothing recorded, known to be none, and not known are three things. */
const EMPTY: Readonly<Record<Exclude<SectionStatus, 'HAS_ENTRIES'>, string>> = {
  NONE_KNOWN: 'No known allergies, as a source states.',
  NOTHING_RECORDED: 'No source has an allergy recorded.',
  NOT_SHARED: 'A source that holds a record does not share allergies: nothing may be concluded.',
  UNKNOWN: 'Nothing may be concluded.',
}

/** A patient's allergies for a screen, with what is missing said first. */
export async function tellAllergies(gateway: Gateway, nhsNumber: string): Promise<string> {
  const { data, codes } = await ask(gateway, AllergySummaryDocument, { nhsNumber })
  const patient = data?.patient
  if (!patient?.allergies) return `Not shown: ${codes.join(', ')}`
  const { status, isComplete, missingSources, nodes } = patient.allergies
  return [
    `${patient.name?.text ?? 'Name not known'}, born ${patient.birthDate ?? 'on a day not known'}`,
    ...(isComplete ? [] : [`NOT COMPLETE: no answer from ${missingSources.join(', ')}`]),
    ...(status === 'HAS_ENTRIES' ? nodes.map(line) : [EMPTY[status]]),
  ].join('\n')
}

function line({ code, criticality, reactions, provenance }: AllergyLineFragment): string {
  const signs = reactions.flatMap(({ manifestations }) =>
    manifestations.map(({ display }) => display),
  )
  const sources = provenance.map(
    ({ participant, organisation }) => organisation?.name ?? participant,
  )
  return [
    `- ${code?.display ?? 'Substance not known'}${criticality === 'HIGH' ? ' (HIGH RISK)' : ''}`,
    ...(signs.length > 0 ? [`: ${signs.join(', ')}`] : []),
    ` [${sources.join('; ')}]`,
  ].join('')
}
