import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { pino } from 'pino'
import { ensureKeys, type Keys } from '../../cli/start/keys.ts'
import type { AccessEvent } from '../../gateway/audit/entries.ts'
import { type AuditTrail, openTrail } from '../../gateway/audit/open-trail.ts'
import { prepareAuditStore } from '../../gateway/audit/store/prepare.ts'
import type { AuditDatabase } from '../../gateway/audit/store/tables.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { createDatabase, createRole } from './postgres.ts'

/** An audit store of one test's own. */
export interface TestAuditStore {
  /** As the gateway writes it: may add and read. */
  readonly url: string
  /** As its owner and superuser, who can do everything. */
  readonly owner: Kysely<AuditDatabase>
  readonly ownerUrl: string
  /** The folder of the anchors. */
  readonly anchors: string
  readonly keys: Keys
  /** Begins a chain, as a gateway process does. */
  open(options?: { readonly clock?: () => Date; readonly deadlineMs?: number }): Promise<AuditTrail>
  remove(): Promise<void>
}

/**
 * Makes an audit store, prepared for a role that may add and read.
 *
 * @param postgresUrl of a PostgreSQL, as its owner; the run's own when left out
 */
export async function createAuditStore(postgresUrl?: string): Promise<TestAuditStore> {
  const folder = await mkdtemp(join(tmpdir(), 'lcr-audit-'))
  const keys = await ensureKeys(folder)
  const database = await createDatabase(postgresUrl)
  const writer = await createRole(database.url)
  const owner = connect<AuditDatabase>(database.url, 2)
  await prepareAuditStore(owner, writer.role)
  const anchors = join(folder, 'audit')
  return {
    url: writer.url,
    owner,
    ownerUrl: database.url,
    anchors,
    keys,
    open: ({ clock = () => new Date(), deadlineMs = 5000 } = {}) =>
      openTrail({
        url: writer.url,
        anchors,
        privateJwk: keys.gateway.privateJwk,
        clock,
        logger: pino({ level: 'silent' }),
        deadlineMs,
      }),
    async remove() {
      await owner.destroy()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** An event as an emergency doctor's look at a record makes it, with what a test wants different. */
export function accessEvent(changes: Partial<AccessEvent> = {}): AccessEvent {
  return {
    kind: 'ACCESS',
    event: crypto.randomUUID(),
    at: '2026-11-02T10:15:00.000Z',
    requestId: 'request-1',
    category: 'RECORD',
    action: 'patient',
    refusal: null,
    user: {
      userId: '555000000002',
      name: 'Dr Tom Adeyemi',
      roleCode: 'R0050',
      roleName: 'Consultant',
      roleProfileId: '555000000102',
      assuranceLevel: 2,
      odsCode: 'RJZ',
      organisationName: "King's College Hospital NHS Foundation Trust",
      participant: 'sel',
    },
    purpose: 'TREAT',
    grounds: { kind: 'ATTENDANCE', evidence: 'Encounter/1' },
    nhsNumber: '9990000018',
    requestedNhsNumber: '9990000018',
    sections: ['identity', 'allergies', 'medications'],
    deniedFields: [],
    facts: null,
    operation: { type: 'query', name: 'Summary', digest: 'a'.repeat(64) },
    client: { name: 'ed-viewer', version: '1.0' },
    device: { id: 'ED-04', address: '127.0.0.1', userAgent: 'test' },
    ...changes,
  }
}

/** What the trail says that a participant did for a request; undefined as long as it says nothing. */
export async function sourceOutcome(
  { owner }: Pick<TestAuditStore, 'owner'>,
  requestId: string | null,
  participant: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ did: string }>`
    select outcome.body -> 'sources' ->> ${participant} as did
    from audit_entry as event
    join audit_entry as outcome on outcome.kind = 'OUTCOME' and outcome.event = event.event
    where event.kind = 'ACCESS' and event.body ->> 'requestId' = ${requestId}
  `.execute(owner)
  return rows[0]?.did
}
