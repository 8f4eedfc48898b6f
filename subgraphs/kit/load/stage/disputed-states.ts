import { isClinical } from '../../fhir/map-resource.ts'
import type { StagedEntry } from '../read/prepare-entry.ts'
import { serverOf } from '../read/server.ts'
import type { DisputedState } from './stage.ts'

/** What the store holds under the same identity. */
type Stored = Pick<StagedEntry, 'digest' | 'nhsNumber'>

/**
 * The states of those resources that may be several: without a server, whatever came or is stored in
 * more than one state; a Patient of any server, where the NHS numbers are not one. The same words
 * may be about two people in two Bundles, so there a state is a Bundle's.
 *
 * @param places of the entries of each `Type/id`
 */
export function disputedStates(
  entries: readonly StagedEntry[],
  places: ReadonlyMap<string, readonly number[]>,
  stored: ReadonlyMap<string, Stored>,
): DisputedState[] {
  const disputed: StagedEntry[] = []
  for (const [key, seqs] of places) {
    const states = distinct(seqs.map((seq) => entries[seq] as StagedEntry))
    if (isDisputed(states, stored.get(key))) disputed.push(...states)
  }
  return disputed.map((entry, place) => ({ ...entry, place }))
}

/** The Bundle for what is somebody's, since its references may mean something else in each. */
export function variantOf({ type, scope }: Pick<StagedEntry, 'type' | 'scope'>): number {
  return isClinical(type) ? scope : 0
}

function distinct(states: readonly StagedEntry[]): StagedEntry[] {
  const known = new Map<string, StagedEntry>()
  for (const state of states) {
    if (!state.isDeletion && state.refusal === null) {
      known.set(`${variantOf(state)} ${state.digest}`, state)
    }
  }
  return [...known.values()]
}

function isDisputed(states: readonly StagedEntry[], stored: Stored | undefined): boolean {
  const [first] = states
  if (first === undefined) return false
  if (first.type === 'Patient') {
    const numbers = new Set(states.map(({ nhsNumber }) => nhsNumber))
    if (stored !== undefined) numbers.add(stored.nhsNumber)
    return numbers.size > 1
  }
  if (serverOf(first.id) !== null) return false
  if (states.length > 1) return true
  return stored !== undefined && (stored.digest !== first.digest || variantOf(first) > 0)
}
