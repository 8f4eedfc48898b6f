import {
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql'
import { CARE_RECORD } from '../record/model.ts'
import { described } from './described.ts'
import { type Html, html } from './html.ts'
import type { SeenBy } from './seen-by.ts'

/** Anything that has a line of its own on the page. */
interface Line {
  readonly name: string
  readonly type?: GraphQLType
  readonly args?: readonly GraphQLArgument[]
  readonly description?: string | null | undefined
  readonly deprecationReason?: string | null | undefined
}

/** One type with its fields, arguments or values, under the anchors `Type` and `Type.field`. */
export function typeEntry(type: GraphQLNamedType, seenBy: SeenBy): Html {
  const shown = ownLines(type)
  return html`<section id="${type.name}">
<h3>${kindOf(type)} ${type.name}</h3>
${described(type.description)}${isOf(type)}
${shown.length > 0 ? html`<dl>${shown.map((line) => entry(type.name, line, seenBy))}</dl>` : null}
</section>
`
}

/** Every participant has types with these: what they say is not said a dozen times. */
const SAID_ONCE: ReadonlySet<string> = new Set([CARE_RECORD, 'Participant'])

function ownLines(type: GraphQLNamedType): readonly Line[] {
  if (isEnumType(type)) return type.getValues()
  if (isInputObjectType(type)) return Object.values(type.getFields())
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  const said = type
    .getInterfaces()
    .filter(({ name }) => SAID_ONCE.has(name))
    .flatMap((one) => Object.values(one.getFields()))
  return Object.values(type.getFields()).filter((field) => {
    const same = said.find(({ name }) => name === field.name)
    return !same || String(same.type) !== String(field.type) || field.deprecationReason
  })
}

function isOf(type: GraphQLNamedType): Html | null {
  if (isUnionType(type)) return html`<p>One of ${list(type.getTypes())}.</p>`
  if (!isObjectType(type) && !isInterfaceType(type)) return null
  const interfaces = type.getInterfaces()
  if (interfaces.length === 0) return null
  return html`<p>Has every field of ${list(interfaces)}.</p>`
}

function list(types: readonly GraphQLNamedType[]): Html[] {
  return types.map((type, place) => html`${place > 0 ? ', ' : null}${typeLink(type)}`)
}

function entry(of: string, line: Line, seenBy: SeenBy): Html {
  const groups = line.type ? seenBy(of, line.name) : null
  return html`<dt id="${of}.${line.name}"><a href="#${of}.${line.name}"><code>${line.name}</code></a>${
    line.type ? html` <code>${typeLink(line.type)}</code>` : null
  }</dt>
<dd>${line.deprecationReason ? html`<p><strong>Deprecated:</strong> ${line.deprecationReason}</p>` : null}${described(line.description)}${
    groups === null ? null : html`<p class="who">Seen by: ${groups}.</p>`
  }${argumentList(`${of}.${line.name}`, line.args ?? [])}</dd>
`
}

function argumentList(of: string, args: readonly GraphQLArgument[]): Html | null {
  if (args.length === 0) return null
  return html`<ul>${args.map(
    (arg) =>
      html`<li id="${of}.${arg.name}"><code>${arg.name}: ${typeLink(arg.type)}${
        arg.defaultValue === undefined ? null : ` = ${JSON.stringify(arg.defaultValue)}`
      }</code> ${described(arg.description)}</li>`,
  )}</ul>`
}

/** A type as it is written, with a link to what it is made of. */
function typeLink(type: GraphQLType): Html {
  const { name } = getNamedType(type)
  const [before = '', after = ''] = String(type).split(name)
  return html`${before}<a href="#${name}">${name}</a>${after}`
}

function kindOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return 'enum'
  if (isInputObjectType(type)) return 'input'
  if (isInterfaceType(type)) return 'interface'
  if (isUnionType(type)) return 'union'
  return isScalarType(type) ? 'scalar' : 'type'
}
