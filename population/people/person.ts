import type { Organisation } from '../../subgraphs/kit/participant.ts'
import { type Random, randomFrom } from '../random.ts'
import { districtsOf } from './districts.ts'
import { type NameStock, nameStocks, streets } from './names.ts'

/** One person as every participant that knows them describes them. */
export interface Person {
  readonly nhsNumber: string
  readonly prefix: string
  readonly given: readonly string[]
  readonly family: string
  readonly gender: 'female' | 'male'
  readonly born: Date
  readonly died?: Date
  readonly line: string
  readonly town: string
  readonly postcode: string
  readonly phone: string
  readonly email?: string
  readonly language?: { readonly code: string; readonly display: string }
  readonly nextOfKin: {
    readonly name: string
    readonly relationship: string
    readonly phone: string
  }
  readonly practice: Organisation
}

const DAY_MS = 86_400_000
const shares = nameStocks.reduce((sum, stock) => sum + stock.share, 0)

/** Makes up a person of the participant's district; the same seed text always gives the same one. */
export function makePerson(given: {
  seedText: string
  nhsNumber: string
  home: string
  practice: Organisation
  asOf: Date
}): Person {
  const random = randomFrom(given.seedText)
  const stock = pickStock(random)
  const gender = random.chance(0.51) ? 'female' : 'male'
  const names = gender === 'female' ? stock.female : stock.male
  const ageDays = Math.floor(ageYears(random) * 365.25) + random.whole(30, 300)
  const born = startOfDay(given.asOf.getTime() - ageDays * DAY_MS)
  const died = dies(random, ageDays)
    ? new Date(given.asOf.getTime() - random.whole(10, 300) * DAY_MS)
    : undefined
  const family = random.pick(stock.family)
  const first = random.pick(names)
  return {
    nhsNumber: given.nhsNumber,
    prefix: prefixOf(gender, ageDays, random),
    given: random.chance(0.3) ? [first, random.pick(names)] : [first],
    family,
    gender,
    born,
    ...(died === undefined ? {} : { died }),
    ...addressOf(random, given.home),
    phone: dramaMobile(random),
    ...(random.chance(0.6) ? { email: `person.${given.nhsNumber.slice(3)}@example.com` } : {}),
    ...(stock.language !== undefined && random.chance(0.3) ? { language: stock.language } : {}),
    nextOfKin: nextOfKinOf(random, stock, family, ageDays),
    practice: given.practice,
  }
}

/** Whole years of age at the moment. */
export function ageAt(person: Person, moment: Date): number {
  return Math.floor((moment.getTime() - person.born.getTime()) / (365.25 * DAY_MS))
}

function startOfDay(time: number): Date {
  return new Date(Math.floor(time / DAY_MS) * DAY_MS)
}

/** More of a hospital's people are old than of a city's. */
function ageYears(random: Random): number {
  const band = random.next()
  if (band < 0.14) return random.next() * 16
  if (band < 0.38) return 16 + random.next() * 24
  if (band < 0.68) return 40 + random.next() * 25
  return 65 + random.next() * 31
}

function dies(random: Random, ageDays: number): boolean {
  const chance = random.next()
  return ageDays > 70 * 365 && chance < 0.05
}

function pickStock(random: Random): NameStock {
  let at = random.next() * shares
  for (const stock of nameStocks) {
    at -= stock.share
    if (at < 0) return stock
  }
  return random.pick(nameStocks)
}

function prefixOf(gender: 'female' | 'male', ageDays: number, random: Random): string {
  if (ageDays < 16 * 365) return gender === 'female' ? 'Miss' : 'Master'
  return gender === 'male' ? 'Mr' : random.pick(['Mrs', 'Ms', 'Miss'])
}

/** Inward parts of a postcode never hold C, I, K, M, O or V: these are plainly made up. */
function addressOf(random: Random, home: string) {
  const { town, outward } = random.pick(districtsOf[home] ?? [])
  const inward = `${random.whole(0, 9)}${random.pick(['OO', 'KV', 'IM', 'CO', 'VK'])}`
  return {
    line: `${random.whole(1, 180)} ${random.pick(streets)}`,
    town,
    postcode: `${random.pick(outward)} ${inward}`,
  }
}

/** Mobile numbers that Ofcom keeps for drama. */
function dramaMobile(random: Random): string {
  return `07700 900${String(random.whole(0, 999)).padStart(3, '0')}`
}

function nextOfKinOf(random: Random, stock: NameStock, family: string, ageDays: number) {
  const isChild = ageDays < 18 * 365
  return {
    name: `${random.pick(stock.female)} ${family}`,
    relationship: isChild ? 'MTH' : random.pick(['SIS', 'DAUC', 'MTH', 'FRND']),
    phone: dramaMobile(random),
  }
}
