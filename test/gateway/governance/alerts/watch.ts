import type { Kysely } from 'kysely'
import { pino } from 'pino'
import type { AccessEvent, AuditedUser } from '../../../../gateway/audit/entries.ts'
import type { AuditTrail } from '../../../../gateway/audit/open-trail.ts'
import type { Rule } from '../../../../gateway/governance/alerts/rules/rule.ts'
import {
  followTrail,
  type TrailFollower,
} from '../../../../gateway/governance/alerts/watcher/follow-trail.ts'
import { lastOfTrail } from '../../../../gateway/governance/alerts/watcher/read-trail.ts'
import type { GovernanceDatabase } from '../../../../gateway/governance/store/tables.ts'
import { findParticipants } from '../../../../subgraphs/kit/find-participants.ts'
import { toNameKey } from '../../../../subgraphs/kit/person/name-key.ts'
import { accessEvent } from '../../../support/audit.ts'
import type { TestGovernance } from '../test-governance.ts'

/** What an event says, as far as a test wants it otherwise. */
export interface Event extends Partial<Omit<AccessEvent, 'user'>> {
  readonly user?: Partial<AuditedUser> | null
}

/** The trail with somebody who watches it. */
export interface Watch {
  readonly trail: AuditTrail
  /** Commits events, in this order, and waits until they are judged. */
  see(...events: readonly Event[]): Promise<void>
  /** Another gateway process that watches the same trail. */
  another(options?: WatchOptions): TrailFollower
  /** The alerts that stand, the first one first. */
  alerts(): Promise<AlertRow[]>
  /** Their rules, in short. */
  rules(): Promise<string[]>
  /** Tells the index of a patient. */
  know(nhsNumber: string, given: string, family: string): Promise<void>
  /** What was logged. */
  readonly log: readonly string[]
  close(): Promise<void>
}

interface WatchOptions {
  readonly rules?: readonly Rule[]
  /** Ten minutes, when left out: then it looks once by itself, and when it is told to. */
  readonly intervalMs?: number
}

type AlertRow = Awaited<ReturnType<typeof findAlertRows>>[number]

/** Begins to watch the trail of a test's governance, behind what stands in it. */
export async function watch(london: TestGovernance): Promise<Watch> {
  const participants = await findParticipants()
  const trail = await london.audit.open()
  const db = london.db as unknown as Kysely<GovernanceDatabase>
  const last = await lastOfTrail(trail.db)
  if (last) await db.insertInto('alert_cursor').values(last).execute()
  const log: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) })
  const followers: TrailFollower[] = []
  const another = (options: WatchOptions = {}) => {
    const follower = followTrail({
      db,
      audit: trail.db,
      participants: () => participants,
      patientsPerHour: 60,
      intervalMs: 600_000,
      clock: () => new Date('2026-11-02T12:00:00.000Z'),
      logger,
      ...options,
    })
    followers.push(follower)
    return follower
  }
  let first: TrailFollower | undefined
  return {
    trail,
    log,
    another,
    async see(...events) {
      for (const event of events) await trail.commit([toEvent(event)])
      first ??= another()
      await first.whenCaughtUp()
    },
    alerts: () => findAlertRows(db),
    rules: async () => (await findAlertRows(db)).map(({ rule }) => rule),
    async know(nhsNumber, given, family) {
      const name = { text: `${given} ${family}`, prefix: [], given: given.split(' '), family }
      await london.putPatient('sel', nhsNumber)
      await db
        .withTables<{
          holder: { nhs_number: string; demographics: string; family_key: string | null }
        }>()
        .updateTable('holder')
        .set({
          demographics: JSON.stringify({ name, birthDate: '1950-01-01' }),
          family_key: toNameKey(family),
        })
        .where('nhs_number', '=', nhsNumber)
        .execute()
    },
    async close() {
      await Promise.all(followers.map((follower) => follower.close()))
      await trail.close()
    },
  }
}

/** An event as an emergency doctor makes it, with what a test wants otherwise. */
export function toEvent({ user, ...changes }: Event): AccessEvent {
  const usual = accessEvent()
  const who = user === null ? null : ({ ...usual.user, ...user } as AuditedUser)
  return { ...usual, ...changes, user: who }
}

function findAlertRows(db: Kysely<GovernanceDatabase>) {
  return db.selectFrom('privacy_alert').selectAll().orderBy('occurred_at').orderBy('rule').execute()
}

/** NHS numbers of the range that is never issued. */
export function patients(count: number): string[] {
  const numbers: string[] = []
  for (let serial = 999_100_000; numbers.length < count; serial += 1) {
    const digits = String(serial)
    const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) numbers.push(`${digits}${check}`)
  }
  return numbers
}
