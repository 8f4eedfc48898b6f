import { sql, type Transaction } from 'kysely'
import type { Head } from '../entries.ts'
import type { AuditDatabase } from '../store/tables.ts'
import type { Breaks } from './breaks.ts'
import { missing } from './chain-walk.ts'

/**
 * Looks up what the openings of chains say of other chains: every entry that one names stands there,
 * with that hash. Each head is looked up once, however many openings name it.
 */
export class NamedHeads {
  readonly #breaks: Breaks
  /** The head that was looked up last, by chain. */
  readonly #lookedUp = new Map<string, string>()

  constructor(breaks: Breaks) {
    this.#breaks = breaks
  }

  async check(snapshot: Transaction<AuditDatabase>, heads: readonly Head[]): Promise<void> {
    const unknown = heads.filter((head) => this.#isNew(head))
    if (unknown.length === 0) return
    const { rows } = await sql<FoundRow>`
      select named.writer, named.sequence::int8, entry.recorded_at, encode(entry.hash, 'hex') as hash,
        named.hash as named_hash,
        case when entry.hash is null then (
          select max(sequence) from audit_entry
          where writer = named.writer and sequence < named.sequence
        ) end as last_before
      from unnest(
        ${unknown.map(({ writer }) => writer)}::text[],
        ${unknown.map(({ sequence }) => sequence)}::int8[],
        ${unknown.map(({ hash }) => hash)}::text[]
      ) as named (writer, sequence, hash)
      left join audit_entry as entry using (writer, sequence)`.execute(snapshot)
    for (const row of rows) this.#judge(row)
  }

  #isNew({ writer, sequence, hash }: Head): boolean {
    const head = `${sequence} ${hash}`
    if (this.#lookedUp.get(writer) === head) return false
    this.#lookedUp.set(writer, head)
    return true
  }

  #judge(row: FoundRow): void {
    const { writer, hash } = row
    const sequence = Number(row.sequence)
    if (hash === row.named_hash) return
    if (hash === null) {
      const first = Number(row.last_before ?? 0) + 1
      const problem = `${missing(first, sequence)}: a later chain names it`
      this.#breaks.add({ writer, sequence: first, recordedAt: null, problem })
    } else {
      this.#breaks.add({
        writer,
        sequence,
        recordedAt: row.recorded_at?.toISOString() ?? null,
        problem: 'is not what a later chain names: this or an earlier entry was forged',
      })
    }
  }
}

interface FoundRow {
  readonly writer: string
  readonly sequence: string
  readonly recorded_at: Date | null
  readonly hash: string | null
  readonly named_hash: string
  readonly last_before: string | null
}
