import { createHash } from 'node:crypto'
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { modelOf, PATIENT } from '../record/model.ts'
import { firstSentence } from './described.ts'
import { Html, html } from './html.ts'
import { createSeenBy, type SeenBy } from './seen-by.ts'
import { typeEntry } from './type-entry.ts'

const STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
code{font-family:ui-monospace,monospace;font-size:.95em}
section{border-top:1px solid;margin-top:2rem}
dt{margin-top:1rem;font-weight:600}dd{margin-left:1rem}dd p,li p{margin:.25rem 0}
.who{font-size:.9rem}summary{cursor:pointer;padding:.5rem 0}
nav li{padding:.25rem 0}:target{outline:3px solid;outline-offset:.25rem}
.skip:not(:focus){position:absolute;left:-100rem}`

/** What a browser may do with the page: show its own style, and nothing else. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(STYLE)
  .digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** What a page of the schema is made of. */
export interface SchemaPageParts {
  readonly schema: GraphQLSchema
  readonly participants: readonly Participant[]
  /** The number of its version; 0 for the one of the gateway's own files. */
  readonly version: number
}

/** The public schema as one page: the sections of a record first, then everything with an anchor. */
export function schemaPage({ schema, participants, version }: SchemaPageParts): string {
  const seenBy = createSeenBy(schema, participants)
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null)
  const others = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !roots.some(({ name }) => name === type.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The schema of the London Care Record</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#sections">To the sections of a record</a>
<header>
<h1>The schema of the London Care Record</h1>
<p>Supergraph ${version === 0 ? 'of the gateway’s own files' : version}. The same as a file: <a href="/schema.graphql">schema.graphql</a>.</p>
</header>
<main>
${sectionList(schema, seenBy)}
${roots.map((root) => rootEntry(root, seenBy))}
${typeList(others)}
<h2>Types</h2>
${others.map((type) => typeEntry(type, seenBy))}
</main>
</body>
</html>
`.text
}

/** What a reader looks for first: the sections, each with who sees it. */
function sectionList(schema: GraphQLSchema, seenBy: SeenBy): Html {
  const patient = schema.getType(PATIENT)
  const fields = isObjectType(patient) ? patient.getFields() : {}
  const sections = [...modelOf(schema).sections.keys()].flatMap((name) => fields[name] ?? [])
  return html`<nav aria-labelledby="sections">
<h2 id="sections">Sections of a record</h2>
<ul>${sections.map(
    ({ name, description }) =>
      html`<li><a href="#${PATIENT}.${name}"><code>${name}</code></a> ${firstSentence(description)}<br><span class="who">Seen by: ${seenBy(PATIENT, name)}.</span></li>
`,
  )}</ul>
</nav>
`
}

function rootEntry(root: GraphQLObjectType, seenBy: SeenBy): Html {
  return html`<h2>${root.name === 'Query' ? 'Queries' : 'Mutations'}</h2>
${typeEntry(root, seenBy)}`
}

function typeList(types: readonly GraphQLNamedType[]): Html {
  return html`<nav aria-label="Types"><details><summary>All types by name</summary>
<ul>${types.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`)}</ul>
</details></nav>
`
}
