import { type Kysely, type Migration, sql } from 'kysely'
import { holderKeysOf, type SearchedDemographics } from '../holder-keys.ts'

/** So many holders are given their keys at a time. */
const PORTION = 1000

interface Holder {
  readonly nhs_number: string
  readonly participant: string
  readonly demographics: SearchedDemographics
}

/**
 * Every name, every present postcode, and letters folded as people type them. Who is known already can
 * be found at once: feeds that tell of no further names are not read from the beginning again.
 */
export const searchEveryName: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table holder add column name_keys text[] not null default '{}',
        add column name_part_keys text[] not null default '{}',
        add column postcode_keys text[] not null default '{}'`.execute(db)
    await sql`drop index holder_search`.execute(db)
    await sql`alter table holder drop column postcode_key`.execute(db)
    for (let last: Holder | undefined; ; ) {
      const { rows } = await sql<Holder>`
        select nhs_number, participant, demographics from holder
        where (nhs_number, participant) > (${last?.nhs_number ?? ''}, ${last?.participant ?? ''})
        order by nhs_number, participant limit ${PORTION}`.execute(db)
      last = rows.at(-1)
      if (last === undefined) break
      await writeKeys(db, rows)
    }
    await sql`create index holder_birth_date on holder (birth_date)`.execute(db)
  },
}

async function writeKeys(db: Kysely<unknown>, holders: readonly Holder[]): Promise<void> {
  const keyed = holders.map(({ nhs_number, participant, demographics }) => ({
    nhs_number,
    participant,
    ...holderKeysOf(demographics),
  }))
  await sql`
    update holder set birth_date = keyed.birth_date, family_key = keyed.family_key,
      name_keys = keyed.name_keys, name_part_keys = keyed.name_part_keys,
      postcode_keys = keyed.postcode_keys
    from json_to_recordset(${JSON.stringify(keyed)}::json) as keyed (
      nhs_number text, participant text, birth_date text, family_key text,
      name_keys text[], name_part_keys text[], postcode_keys text[]
    )
    where holder.nhs_number = keyed.nhs_number and holder.participant = keyed.participant
  `.execute(db)
}
