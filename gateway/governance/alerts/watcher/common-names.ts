import { type Kysely, sql } from 'kysely'
import type { GovernanceDatabase } from '../../store/tables.ts'

/** One patient in so many. */
const COMMON_SHARE = 200

/** As many may be one family: in a small index no name is common that fewer bear. */
const LARGEST_FAMILY = 10

const MINUTE_MS = 60_000

/** Family names so common that sharing one says nothing, by their folded form. */
export class CommonNames {
  readonly #db: Kysely<GovernanceDatabase>
  #names: ReadonlySet<string> = new Set()
  #goodUntil = Number.NEGATIVE_INFINITY

  constructor(db: Kysely<GovernanceDatabase>) {
    this.#db = db
  }

  /** As the index stood some minutes ago: counting takes at most a hundredth of the time. */
  async find(): Promise<ReadonlySet<string>> {
    const began = performance.now()
    if (began < this.#goodUntil) return this.#names
    this.#names = await countNames(this.#db)
    const ended = performance.now()
    this.#goodUntil = ended + MINUTE_MS + 100 * (ended - began)
    return this.#names
  }
}

async function countNames(db: Kysely<GovernanceDatabase>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ family_key: string }>`
    with bearer as (select distinct nhs_number, family_key from holder where family_key is not null)
    select family_key from bearer group by family_key
    having count(*) > ${LARGEST_FAMILY}
      and count(*) * ${COMMON_SHARE} > (select count(distinct nhs_number) from bearer)`.execute(db)
  return new Set(rows.map(({ family_key }) => family_key))
}
