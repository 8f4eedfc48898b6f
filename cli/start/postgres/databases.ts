import pg from 'pg'
import { LOOPBACK } from '../ports.ts'

/** The owner of the embedded PostgreSQL. */
const OWNER = 'postgres'

/** The gateway's role and its database. */
export const GATEWAY = 'gateway'

/** The audit store's own role and its database: the gateway adds to it with a role that can do no more. */
export const AUDIT = 'audit'

/** The embedded PostgreSQL, as its owner. */
export interface DatabaseOwner {
  /** A role and a database of the same name, which no other role can connect to. */
  createDatabase(name: string): Promise<void>
  /** `postgres://…` of a role in its own database, or another. */
  urlOf(name: string, database?: string): string
  /** Whether what is written waits for the disk. Off while the first patients are loaded. */
  setDurable(isDurable: boolean): Promise<void>
  end(): Promise<void>
}

/** Connects to the embedded PostgreSQL as its owner. */
export async function connectAsOwner(
  port: number,
  passwordOf: (role: string) => string,
): Promise<DatabaseOwner> {
  const urlOf = (role: string, database = role) =>
    `postgres://${role}:${passwordOf(role)}@${LOOPBACK}:${port}/${database}?sslmode=disable`
  const client = new pg.Client({ connectionString: urlOf(OWNER) })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ datname: string; is_open: boolean }>(
    'select datname, datacl is null as is_open from pg_database',
  )
  const isOpen = new Map(rows.map(({ datname, is_open }) => [datname, is_open]))
  for (const shared of [OWNER, 'template1']) if (isOpen.get(shared)) await close(client, shared)
  return {
    urlOf,
    async createDatabase(name) {
      await createRole(client, name, passwordOf(name))
      const quoted = pg.escapeIdentifier(name)
      if (!isOpen.has(name)) await client.query(`create database ${quoted} owner ${quoted}`)
      if (isOpen.get(name) !== false) await close(client, name)
    },
    async setDurable(isDurable) {
      for (const setting of ['fsync', 'full_page_writes', 'autovacuum']) {
        const change = isDurable ? `reset ${setting}` : `set ${setting} = off`
        await client.query(`alter system ${change}`)
      }
      await client.query('select pg_reload_conf()')
      if (isDurable) await client.query('checkpoint')
    },
    end: () => client.end(),
  }
}

async function createRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name])
  if (rowCount) return
  const role = pg.escapeIdentifier(name)
  await client.query(`create role ${role} login password ${pg.escapeLiteral(password)}`)
}

async function close(client: pg.Client, database: string): Promise<void> {
  const quoted = pg.escapeIdentifier(database)
  await client.query(`revoke connect, temporary on database ${quoted} from public`)
}
