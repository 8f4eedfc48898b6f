import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { poolOf } from './connect.ts'

/** What stands in a statement's text for a value that every call brings. */
export type Placeholder<Value> = RawBuilder<Value>

/**
 * A statement whose text is composed once, prepared once a connection, and only bound for every call:
 * what kysely does around a statement would take longer than sending it.
 *
 * @param statementName what PostgreSQL knows it by
 * @param names of the values, one for each placeholder that `compose` is given
 */
export function compileOnce<Values extends object, Row>(
  db: QueryExecutorProvider,
  statementName: string,
  names: readonly (keyof Values & string)[],
  compose: (placeholders: { [Name in keyof Values]: Placeholder<Values[Name]> }) => RawBuilder<Row>,
): (values: Values) => Promise<readonly Row[]> {
  const pool = poolOf(db)
  const marks = new Map<unknown, keyof Values & string>()
  const placeholders = Object.fromEntries(
    names.map((name) => {
      const mark = Symbol(name)
      marks.set(mark, name)
      return [name, sql.val(mark)]
    }),
  )
  const compiled = compose(placeholders as Parameters<typeof compose>[0]).compile(db)
  // A value that stands in several places is sent once.
  const sent = [...new Set(compiled.parameters)]
  const text = compiled.sql.replaceAll(
    /\$(\d+)/g,
    (_, place) => `$${sent.indexOf(compiled.parameters[Number(place) - 1]) + 1}`,
  )
  const order = sent.map((parameter) => marks.get(parameter))
  return async (values) => {
    const bound = order.map((name, place) => (name === undefined ? sent[place] : values[name]))
    const { rows } = await pool.query({ name: statementName, text, values: bound })
    return rows as Row[]
  }
}
