import { isSharedKey } from '../../../subgraphs/kit/position.ts'
import { isRetracted } from './federated.ts'
import type { SampleSource, StoredEntry } from './sample-source.ts'

interface Asked {
  readonly section: string
  /** Those that answer. */
  readonly sources: readonly SampleSource[]
  readonly shown: readonly StoredEntry[]
  readonly isUnfiltered: boolean
}

const OVER: Readonly<Record<string, readonly string[]>> = {
  allergies: ['INACTIVE', 'RESOLVED', 'NO_KNOWN_RISK'],
  medications: [
    'COMPLETED',
    'STOPPED',
    'CANCELLED',
    'NOT_TAKEN',
    'DRAFT',
    'PROHIBITED',
    'PROHIBITION_ENDED',
  ],
  diagnoses: ['INACTIVE', 'REMISSION', 'RESOLVED'],
  procedures: ['PREPARATION', 'NOT_DONE'],
  immunisations: ['NOT_DONE'],
  safetyAlerts: ['INACTIVE'],
}

/** A contradiction that is told. */
interface Told {
  readonly kind: string
  readonly text?: string
  readonly participants: readonly string[]
  readonly entries: readonly string[]
}

/** What contradictions between sources mean, said once more and plainly; kinds, participants and entries. */
export function referenceConflicts(asked: Asked): Told[] {
  return [...noneKnown(asked), ...states(asked), ...differences(asked), ...refuted(asked)]
}

const stateOf = ({ item }: StoredEntry) => String(item['status'])
const verificationOf = ({ item }: StoredEntry) => item['verificationStatus']
const participantOf = ({ id }: StoredEntry) => id.slice(0, 3)
const idsOf = (entries: readonly StoredEntry[]) => entries.map(({ id }) => id)
const sorted = (codes: readonly string[]) => [...new Set(codes)].sort()
const names = (codes: readonly string[]) => {
  const all = codes.map((code) => `Participant ${code}`)
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

function counts(section: string, entry: StoredEntry): boolean {
  if (isRetracted(entry) || OVER[section]?.includes(stateOf(entry))) return false
  return !['REFUTED', 'ENTERED_IN_ERROR'].includes(String(verificationOf(entry)))
}

function noneKnown({ section, sources, shown, isUnfiltered }: Asked): Told[] {
  const stating = new Set<string>()
  const holding = new Set<string>()
  const entries = new Set<StoredEntry>()
  let isUnsure = false
  for (const one of sources) {
    const own = (one.sections.get(section) ?? []).filter((entry) => !isRetracted(entry))
    const inForce = own.filter((entry) => shown.includes(entry) && counts(section, entry))
    // A filter by status can show what was recorded by mistake; it still counts for nothing.
    const isAllHere = isUnfiltered && own.every((entry) => shown.includes(entry))
    if (inForce.length === 0 && (own.length === 0 || isAllHere)) continue
    for (const other of sources) {
      if (other === one || !other.statesNone.has(section)) continue
      stating.add(other.code)
      holding.add(one.code)
      for (const entry of inForce) entries.add(entry)
      if (inForce.length === 0) isUnsure = true
    }
  }
  if (holding.size === 0) return []
  const inOrder = (codes: Set<string>) =>
    sources.map(({ code }) => code).filter((code) => codes.has(code))
  const what = isUnsure ? 'entries, not all of which are shown here' : 'entries in force'
  return [
    {
      kind: 'NONE_KNOWN_BUT_RECORDED',
      text: `Stated by ${names(inOrder(stating))}: the patient has none. Recorded by ${names(inOrder(holding))}: ${what}.`,
      participants: sorted([...stating, ...holding]),
      entries: sources.flatMap(({ sections }) =>
        idsOf((sections.get(section) ?? []).filter((entry) => entries.has(entry))),
      ),
    },
  ]
}

function states({ section, sources, shown }: Asked): Told[] {
  const bySource = sources.flatMap(({ sections }) => sections.get(section) ?? [])
  const first = bySource.filter((entry) => shown.includes(entry))
  const others = bySource.filter((entry) => !shown.includes(entry) && isRetracted(entry))
  return [...new Set(first.map(({ key }) => key))].filter(isSharedKey).flatMap((key) => {
    const entries = [...first, ...others].filter((entry) => entry.key === key)
    const participants = entries.map(participantOf)
    if (new Set(participants).size < entries.length) return []
    const said = entries.map((entry) => {
      // Of what it recorded by mistake a source is not asked how sure it is.
      const verification = shown.includes(entry) ? verificationOf(entry) : undefined
      return [stateOf(entry), String(verification ?? 'UNKNOWN')] as const
    })
    const differ = [0, 1].some((place) => {
      const words = said.map((pair) => pair[place]).filter((word) => word !== 'UNKNOWN')
      return new Set(words).size > 1
    })
    if (!differ) return []
    const texts = said.map((pair, index) => {
      const words = [...new Set(pair.filter((word) => word !== 'UNKNOWN'))]
      return `${words.join(', ') || 'UNKNOWN'} (${names([participants[index] ?? ''])})`
    })
    return [
      {
        kind: 'STATES_DIFFER',
        text: `The same entry is recorded in different states: ${texts.join('; ')}.`,
        participants: sorted(participants),
        entries: idsOf(entries),
      },
    ]
  })
}

function differences({ section, sources, shown }: Asked): Told[] {
  const entries = sources
    .flatMap(({ sections }) => sections.get(section) ?? [])
    .filter((entry) => shown.includes(entry) && isSharedKey(entry.key))
  const identifiers = new Set(entries.map(({ key }) => key.split('.')[0]))
  return [...identifiers].flatMap((identifier) => {
    const own = entries.filter(({ key }) => key.split('.')[0] === identifier)
    const participants = own.map(participantOf)
    const isOpen = new Set(participants).size < own.length
    if (isOpen || new Set(own.map(({ key }) => key)).size < 2) return []
    return [
      {
        kind: 'RECORDED_DIFFERENTLY',
        text: `Different things are recorded under one identifier by ${names(participants)}: neither is taken for the other.`,
        participants: sorted(participants),
        entries: idsOf(own),
      },
    ]
  })
}

function refuted({ section, sources, shown }: Asked): Told[] {
  if (section !== 'allergies') return []
  const entries = sources
    .flatMap(({ sections }) => sections.get(section) ?? [])
    .filter((entry) => shown.includes(entry))
  return entries.flatMap((entry) => {
    if (verificationOf(entry) !== 'CONFIRMED' || !counts(section, entry)) return []
    const against = entries.filter(
      (other) =>
        (verificationOf(other) === 'REFUTED' || stateOf(other) === 'NO_KNOWN_RISK') &&
        participantOf(other) !== participantOf(entry) &&
        substanceOf(other) === substanceOf(entry),
    )
    if (against.length === 0) return []
    if (against.every(({ key }) => key === entry.key && isSharedKey(key))) {
      const ofKey = entries.filter(({ key }) => key === entry.key)
      // That their states differ is told already.
      if (new Set(ofKey.map(participantOf)).size === ofKey.length) return []
    }
    const codes = against.map(participantOf)
    return [
      {
        kind: 'CONFIRMED_AND_REFUTED',
        text: `An allergy that ${names([participantOf(entry)])} confirms was refuted or is denied by ${names([...new Set(codes)])}.`,
        participants: sorted([participantOf(entry), ...codes]),
        entries: idsOf([entry, ...against]),
      },
    ]
  })
}

function substanceOf({ item }: StoredEntry): string {
  const { codings } = item['substance'] as { codings: readonly { code: string }[] }
  return codings.map(({ code }) => code).join()
}
