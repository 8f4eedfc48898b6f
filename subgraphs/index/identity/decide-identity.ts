import type { Participant } from '../../kit/participant.ts'
import {
  agree,
  confirms,
  contradict,
  haveOtherGivenNames,
} from '../../kit/person/compare-people.ts'
import { isWhole, type Person, saysNothing, together } from '../../kit/person/person.ts'
import { type Claim, NATIONAL_SERVICE, type Teller, tellerKey } from './claim.ts'

/** By what it was decided who a patient is: the schema's `IdentityBasis`, the strongest first. */
export type IdentityBasis =
  | 'NATIONAL_SERVICE'
  | 'REGISTERED_PRACTICE'
  | 'MOST_SOURCES'
  | 'ONLY_SOURCE'
  | 'UNDECIDED'

/** Who the patient is under some numbers, who says so, and who says otherwise. Codes are sorted. */
export interface Identity {
  readonly basis: IdentityBasis
  /** With whom records are compared, under every name that those use who decide; null where nobody does. */
  readonly person: Person | null
  /** The contract's `Demographics`, whole, of one source; null where nobody is taken at their word. */
  readonly demographics: object | null
  /** Participants all of whose claims are of this person. */
  readonly agreeing: readonly string[]
  /** Participants with a claim that cannot be of this person; where nothing decides, all sides. */
  readonly disagreeing: readonly string[]
  /** Participants with a claim that says too little to be of this person for sure. */
  readonly unconfirmed: readonly string[]
  /** Who tells of somebody else, by `tellerKey`; nobody where nothing decides: each side may be right. */
  readonly disbelieved: ReadonlySet<string>
  /** By whose claims it was decided, each as `vouchedBy` writes it. */
  readonly vouched: ReadonlySet<string>
}

/** Which organisations are whose. */
export type Organisations = Pick<Participant, 'code' | 'organisations'>

/**
 * Decides by evidence who bears a number: the national demographics service; else the source of the
 * practice where the patient is registered, if the practice is its own; else what more than half of the
 * sources agree on that say both date of birth and family name. What is absent votes for nobody. A
 * source that is alone is taken at its word, if it has one, since nobody says otherwise.
 *
 * Servers of one participant that may have different people are sources of their own.
 *
 * @param claims of everybody who knows somebody under the number, one or more a source
 */
export function decideIdentity(
  claims: readonly Claim[],
  participants: readonly Organisations[],
): Identity {
  const national = claims.find(({ participant }) => participant === NATIONAL_SERVICE)
  if (national) return decidedBy([national], claims, 'NATIONAL_SERVICE')
  const whole = claims.filter(({ person }) => isWhole(person))
  const registered = whole.filter((claim) => isOwnPractice(claim, participants))
  const [practice] = registered
  if (practice && registered.every((one) => confirms(practice.person, one.person))) {
    return decidedBy(registered, claims, 'REGISTERED_PRACTICE')
  }
  const largest = largestGroup(whole)
  if (sourcesOf(largest).size * 2 > sourcesOf(whole).size) {
    const isAlone = sourcesOf(largest).size === 1
    return decidedBy(largest, claims, isAlone ? 'ONLY_SOURCE' : 'MOST_SOURCES')
  }
  const saying = claims.filter(({ person }) => !saysNothing(person))
  if (sourcesOf(claims).size === 1 && saying.length > 0) {
    return decidedBy(saying, claims, 'ONLY_SOURCE')
  }
  return undecided(claims)
}

/** Whether what somebody tells under the number is of somebody else than was decided. */
export function isDisbelieved({ disbelieved }: Identity, teller: Teller): boolean {
  return (
    disbelieved.has(tellerKey({ ...teller, server: null })) || disbelieved.has(tellerKey(teller))
  )
}

/** A teller and a number, as `Identity.vouched` holds them. */
export function vouchedBy({ nhsNumber, ...teller }: Teller & Pick<Claim, 'nhsNumber'>): string {
  return `${tellerKey(teller)} ${nhsNumber}`
}

function isOwnPractice(
  { participant, practice }: Claim,
  participants: readonly Organisations[],
): boolean {
  const own = participants.find(({ code }) => code === participant)
  return (
    own?.organisations.some((one) => one.odsCode === practice && one.kind === 'GP_PRACTICE') ===
    true
  )
}

/** The claims that are of one person with the one that most sources are with; of equals, the first by code. */
function largestGroup(
  claims: readonly Claim[],
  isWith: (one: Person, other: Person) => boolean = confirms,
): readonly Claim[] {
  return [...claims]
    .sort(byCode)
    .map((claim) => claims.filter((other) => other === claim || isWith(claim.person, other.person)))
    .reduce<readonly Claim[]>(
      (best, group) => (sourcesOf(group).size > sourcesOf(best).size ? group : best),
      [],
    )
}

/**
 * Of those who decide, one speaks, whole, because parts of several would be nobody's: of those who write
 * name and date alike most, or of as many, the one that changed last: people marry.
 */
function speakerOf(deciding: readonly Claim[]): Claim | undefined {
  const size = sourcesOf(largestGroup(deciding, areWrittenAlike)).size
  return deciding
    .filter((claim) => {
      const alike = deciding.filter(
        (one) => one === claim || areWrittenAlike(claim.person, one.person),
      )
      return sourcesOf(alike).size === size
    })
    .sort((one, other) => other.asOf.getTime() - one.asOf.getTime() || byCode(one, other))[0]
}

/** Twins are written alike but for the given name. */
function areWrittenAlike(one: Person, other: Person): boolean {
  return agree(one, other) && !haveOtherGivenNames(one, other)
}

function decidedBy(
  deciding: readonly Claim[],
  claims: readonly Claim[],
  basis: IdentityBasis,
): Identity {
  const speaker = speakerOf(deciding)
  if (!speaker) return undecided(claims)
  const person = together(speaker.person, deciding)
  // A source may have two people under two numbers that are one patient's: each claim is looked at.
  const others = claims.filter((one) => !deciding.includes(one))
  const contradicting = others.filter((one) => contradict(person, one.person))
  const against = participantsOf(contradicting)
  const doubtful = participantsOf(others.filter((one) => !confirms(person, one.person)))
  const all = [...participantsOf(claims)]
  return {
    basis,
    person,
    demographics: speaker.demographics,
    agreeing: codes(all.filter((code) => !against.has(code) && !doubtful.has(code))),
    disagreeing: codes([...against]),
    unconfirmed: codes([...doubtful].filter((code) => !against.has(code))),
    disbelieved: sourcesOf(contradicting),
    vouched: new Set(deciding.map(vouchedBy)),
  }
}

/** Everybody is a side who says who it is; the others only say too little. */
function undecided(claims: readonly Claim[]): Identity {
  const sides = participantsOf(claims.filter(({ person }) => isWhole(person)))
  const others = [...participantsOf(claims)].filter((code) => !sides.has(code))
  return {
    basis: 'UNDECIDED',
    person: null,
    demographics: null,
    agreeing: [],
    disagreeing: codes([...sides]),
    unconfirmed: codes(others),
    disbelieved: new Set(),
    vouched: new Set(),
  }
}

/** The sources that a vote counts, by `tellerKey`. */
function sourcesOf(claims: readonly Claim[]): ReadonlySet<string> {
  return new Set(claims.map(tellerKey))
}

function participantsOf(claims: readonly Claim[]): ReadonlySet<string> {
  return new Set(claims.map(({ participant }) => participant))
}

/** Codes of participants: the national service is none. */
function codes(all: readonly string[]): string[] {
  return [...new Set(all)].filter((code) => code !== NATIONAL_SERVICE).sort()
}

function byCode(one: Claim, other: Claim): number {
  const [key, otherKey] = [tellerKey(one), tellerKey(other)]
  return key < otherKey ? -1 : key > otherKey ? 1 : 0
}
