import { CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'

/** What stands in a statement's text for a value that every call brings. */
export type Placeholder<Value> = RawBuilder<Value>

/**
 * A statement whose text is composed once and bound for every call: composing it would take longer than
 * sending it.
 *
 * @param names of the values, one for each placeholder that `compose` is given
 */
export function compileOnce<Values extends object, Row>(
  db: Kysely<never>,
  names: readonly (keyof Values & string)[],
  compose: (placeholders: { [Name in keyof Values]: Placeholder<Values[Name]> }) => RawBuilder<Row>,
): (values: Values) => Promise<readonly Row[]> {
  const marks = new Map<unknown, keyof Values & string>()
  const placeholders = Object.fromEntries(
    names.map((name) => {
      const mark = Symbol(name)
      marks.set(mark, name)
      return [name, sql.val(mark)]
    }),
  )
  const compiled = compose(placeholders as Parameters<typeof compose>[0]).compile(db)
  const order = compiled.parameters.map((parameter) => marks.get(parameter))
  return async (values) => {
    const bound = order.map((name, place) =>
      name === undefined ? compiled.parameters[place] : values[name],
    )
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(compiled.sql, bound))
    return rows
  }
}
