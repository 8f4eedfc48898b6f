import { type Kysely, type Migration, sql } from 'kysely'
import { serverInUrl, storedId } from '../load/read/server.ts'

/** So many resources are looked at at a time. */
const portion = 2000

/**
 * Gives what came with the URL of its server the id that tells it from another server's, in whatever
 * means it, and has all whose references may mean something else mapped again. What is sent by `POST`
 * no longer keeps the id that it says it has: rows that may be of that kind are marked, so that loading
 * them again finds them.
 */
export const nameServers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table resource add column may_be_posted boolean not null default false`.execute(
      db,
    )
    await sql`
      create temporary table renamed (
        type text not null, old_id text not null, id text not null, primary key (type, old_id)
      ) on commit drop`.execute(db)
    await findRenamed(db)
    await bindContents(db)
    await rename(db)
    await sql`update resource set may_be_posted = true where full_url is null`.execute(db)
    await sql`
      create index resource_may_be_posted on resource (type, id) where may_be_posted`.execute(db)
  },
}

interface Row {
  readonly type: string
  readonly id: string
  readonly full_url: string | null
  readonly json: string
}

/** Hands all resources over in portions. */
async function* allRows(db: Kysely<unknown>, isUrlWanted: boolean): AsyncGenerator<Row[]> {
  let after = { type: '', id: '' }
  const isWanted = isUrlWanted ? sql`full_url is not null` : sql`true`
  const json = isUrlWanted ? sql`''` : sql`content::text`
  for (;;) {
    const { rows } = await sql<Row>`
      select type, id, full_url, ${json} as json from resource
      where (type, id) > (${after.type}, ${after.id}) and ${isWanted}
      order by type, id limit ${portion}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last
    yield rows
  }
}

async function findRenamed(db: Kysely<unknown>): Promise<void> {
  for await (const rows of allRows(db, true)) {
    const renamed = rows.flatMap(({ type, id, full_url: url }) => {
      const server = serverInUrl(url)
      return server === null ? [] : [{ type, old_id: id, id: storedId(server, id) }]
    })
    await sql`
      insert into renamed
      select type, old_id, id
      from json_to_recordset(${JSON.stringify(renamed)}::json) as given (type text, old_id text, id text)
    `.execute(db)
  }
}

/** Relative references and those to a server: what they mean may have another name now. */
const relative =
  /("(?:reference|url)"\s*:\s*")([A-Z][A-Za-z]{1,63})(?:\\?\/)([^\s/?#|"\\]{1,255})((?:\\?\/)_history[^"]*)?"/g

async function bindContents(db: Kysely<unknown>): Promise<void> {
  for await (const rows of allRows(db, false)) {
    const wanted = new Map<string, { type: string; id: string }>()
    for (const { json } of rows) {
      for (const [, , type = '', id = ''] of json.matchAll(relative))
        wanted.set(`${type}/${id}`, { type, id })
    }
    const meanings = await findMeanings(db, [...wanted.values()])
    const bound = rows.flatMap((row) => {
      const json = bind(row, meanings)
      const isUncertain = json !== row.json || /"reference"\s*:\s*"https?:/i.test(json)
      return isUncertain ? [{ type: row.type, id: row.id, json }] : []
    })
    await sql`
      update resource set content = given.json::json, is_mapped = false
      from json_to_recordset(${JSON.stringify(bound)}::json) as given (type text, id text, json text)
      where resource.type = given.type and resource.id = given.id`.execute(db)
  }
}

/**
 * What a resource of a named server refers to stands on that server, unless something without a server
 * bears the name; what has no server may refer to whatever bore the name.
 */
function bind(row: Row, meanings: ReadonlyMap<string, string>): string {
  const server = serverInUrl(row.full_url)
  return row.json.replace(relative, (whole, before: string, type: string, id: string) => {
    const meaning = meanings.get(`${type}/${id}`)
    const target = server !== null && meaning !== id ? storedId(server, id) : meaning
    return target === undefined || target === id ? whole : `${before}${type}/${target}"`
  })
}

async function findMeanings(
  db: Kysely<unknown>,
  wanted: readonly { type: string; id: string }[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ type: string; old_id: string; id: string }>`
    select resource.type, resource.id as old_id, coalesce(renamed.id, resource.id) as id
    from json_to_recordset(${JSON.stringify(wanted)}::json) as wanted (type text, id text)
    join resource on resource.type = wanted.type and resource.id = wanted.id
    left join renamed on renamed.type = wanted.type and renamed.old_id = wanted.id`.execute(db)
  return new Map(rows.map((row) => [`${row.type}/${row.old_id}`, row.id]))
}

async function rename(db: Kysely<unknown>): Promise<void> {
  await sql`analyze renamed`.execute(db)
  await sql`
    update resource set id = renamed.id, is_mapped = false
    from renamed where resource.type = renamed.type and resource.id = renamed.old_id`.execute(db)
  await sql`
    update resource_alias set id = renamed.id
    from renamed where resource_alias.type = renamed.type and resource_alias.id = renamed.old_id
  `.execute(db)
  for (const table of ['item', 'care_relationship']) {
    await sql`
      update ${sql.table(table)} as shown set resource_id = renamed.id
      from renamed
      where shown.resource_type = renamed.type and shown.resource_id = renamed.old_id`.execute(db)
  }
  await sql`
    update resource_dependency set target = renamed.type || '/' || renamed.id
    from renamed where target = renamed.type || '/' || renamed.old_id`.execute(db)
}
