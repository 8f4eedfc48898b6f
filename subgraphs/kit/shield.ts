import { createRequire } from 'node:module'
import { type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql'

/**
 * The one place that loads graphql-shield, and graphql-middleware with it, the way they need:
 * - graphql-shield's ES modules do not load on Node 23 and later, so both are required;
 * - graphql-shield calls `util.isUndefined`, which Node 23 removed.
 *
 * It offers neither `not`, which grants when its rule throws, nor caches, nor masks: see the tests.
 */
const load = createRequire(import.meta.url)
const util = load('node:util') as { isUndefined?: (value: unknown) => boolean }
util.isUndefined ??= (value) => value === undefined

const shieldModule = load('graphql-shield') as typeof import('graphql-shield')
const middlewareModule = load('graphql-middleware') as typeof import('graphql-middleware')

/**
 * The rules of one object type: one for all its fields, or one a field, `*` for the rest. An
 * interface's rules go to its implementers.
 */
export type TypeRules = ShieldRule | { readonly [field: string]: ShieldRule }
export type ShieldRule =
  | ReturnType<ReturnType<typeof shieldModule.rule>>
  | typeof shieldModule.allow

/** Decides about one field: true lets it through, anything else is refused. */
export type Decision<Context> = (
  parent: unknown,
  args: Readonly<Record<string, unknown>>,
  context: Context,
  info: GraphQLResolveInfo,
) => boolean | Promise<boolean>

/** Lets everything through. */
export const allow: ShieldRule = shieldModule.allow

/** Lets nothing through. */
export const deny: ShieldRule = shieldModule.deny

/**
 * As `*` of a type that stands in long lists: its fields without a rule stay as they are, and those
 * with one answer at once where it lets through. A wrapper of graphql-shield's is asynchronous, three
 * of them in 500 entries take as long as reading them.
 */
export const untouched: ShieldRule = shieldModule.rule('untouched')(() => false)

/** graphql-shield refuses two rules of one name, even where each stands for one field of many. */
let made = 0

/**
 * A rule from a decision. Nothing is cached: `contextual` would reuse the first entry's verdict for
 * a whole list. A decision that throws refuses.
 */
export function rule<Context>(name: string, decide: Decision<Context>): ShieldRule {
  made += 1
  const wrapped = shieldModule.rule(`${name} (${made})`, { cache: 'no_cache' })(
    (parent, args, context, info) => decide(parent, args, context as Context, info),
  )
  decisions.set(wrapped, decide as Decision<unknown>)
  return wrapped
}

/** The decision that each rule was made from. */
const decisions = new WeakMap<ShieldRule, Decision<unknown>>()

/**
 * Puts rules before the fields of the named types; a field of theirs without a rule is refused,
 * unless the type's `*` is `untouched`.
 * Types without rules stay as they are: they are only reached through guarded ones, and a wrapper
 * would make every field of every entry asynchronous.
 *
 * @param refusal makes the error of a refused field
 * @throws for rules of a type or field that does not exist, or of an interface or union, which
 *   graphql-shield would ignore
 */
export function guard(
  schema: GraphQLSchema,
  rules: Readonly<Record<string, TypeRules>>,
  refusal: () => Error,
): GraphQLSchema {
  for (const type of Object.keys(rules)) {
    const found = schema.getType(type)
    if (found && !isObjectType(found)) {
      throw new Error(
        `Rules for '${type}' would be ignored: give them to the types that it stands for`,
      )
    }
  }
  const generator = shieldModule.shield(rules, {
    fallbackRule: shieldModule.deny,
    fallbackError: refusal,
    // A resolver's own error goes on to the server's mask; as a refusal it would hide a fault.
    allowExternalErrors: true,
  }) as unknown as { generate(schema: GraphQLSchema): Record<string, object> }
  const wrappers = Object.fromEntries(
    Object.entries(generator.generate(schema))
      .filter(([type]) => Object.hasOwn(rules, type))
      .map(([type, fields]) => [type, onlyTouched(fields, rules[type])]),
  )
  return middlewareModule.applyMiddleware(schema, wrappers as never)
}

type Middleware = (resolve: Resolver, ...field: Parameters<Resolver>) => unknown
type Resolver = (...field: Parameters<Decision<unknown>>) => unknown

function onlyTouched(wrappers: object, rules: TypeRules | undefined): object {
  const named = rules as { readonly [field: string]: ShieldRule } | undefined
  if (named?.['*'] !== untouched) return wrappers
  return Object.fromEntries(
    Object.entries(wrappers as Record<string, Middleware>)
      .filter(([field]) => Object.hasOwn(named, field))
      .map(([field, wrapper]) => [field, letThroughAtOnce(wrapper, named[field])]),
  )
}

/** Whatever the decision does not let through, graphql-shield decides on, and refuses. */
function letThroughAtOnce(wrapper: Middleware, ruled: ShieldRule | undefined): Middleware {
  const decide = ruled && decisions.get(ruled)
  if (!decide) return wrapper
  return (resolve, ...field) =>
    isLetThrough(decide, field) ? resolve(...field) : wrapper(resolve, ...field)
}

function isLetThrough(decide: Decision<unknown>, field: Parameters<Resolver>): boolean {
  try {
    return decide(...field) === true
  } catch {
    return false
  }
}
