import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { sections } from '../../../gateway/access/sections.ts'
import { publicSdl } from '../../../gateway/reference/public-sdl.ts'
import { schemaPage } from '../../../gateway/reference/schema-page.ts'
import { loadSupergraph } from '../../../gateway/registry/checks/schema/load-supergraph.ts'
import { projectRoot } from '../../../project-root.ts'
import { findParticipants } from '../../../subgraphs/kit/find-participants.ts'

let page: string

beforeAll(async () => {
  const supergraph = await readFile(join(projectRoot, 'supergraph.graphql'), 'utf8')
  const { publicSchema: schema } = loadSupergraph(supergraph)
  page = schemaPage({ schema, participants: await findParticipants(), version: 0 })
})

describe('The page of the schema', () => {
  it('names every section of a record first, with the roles that see it', () => {
    const [, first = ''] = /<nav aria-labelledby="sections">([\s\S]*?)<\/nav>/.exec(page) ?? []
    const named = [...first.matchAll(/<code>(\w+)<\/code><\/a>/g)].map(([, name]) => name)
    const whole = ['identity', 'demographics', 'generalPractice']
    expect(named.sort()).toEqual(sections.filter((name) => !whole.includes(name)).sort())
    expect(first).toContain(
      '<a href="#Patient.socialCare"><code>socialCare</code></a> Social care.<br><span class="who">Seen by: doctor, nurse or midwife, social care.</span>',
    )
  })

  it('has an anchor for whatever it links to', () => {
    const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id)
    expect(links.length).toBeGreaterThan(500)
    expect(links.filter((link) => !anchors.has(link))).toEqual([])
    expect(anchors.has('Patient.allergies.first')).toBe(true)
    expect(anchors.has('AllergyCriticality.HIGH')).toBe(true)
  })

  it('says of a field within a section from whom it is kept', () => {
    const [, entry = ''] = /<dt id="Referral\.reasons">([\s\S]*?)<dt /.exec(page) ?? []
    expect(entry).toContain('Seen by: whoever sees the section, but clerical.')
  })

  it('loads nothing and runs nothing', () => {
    const loading =
      /<(?:script|link|img|iframe|object)\b|<[^>]* (?:on\w+|src|style)=|@import|url\(/gi
    expect(page.match(loading)).toBe(null)
    const elsewhere = [...page.matchAll(/ href="([^#"][^"]*)"/g)].map(([, target]) => target)
    expect(elsewhere).toEqual(['/schema.graphql'])
  })

  it('shows what is deprecated and why, and takes no markup from a description', () => {
    const schema = buildSchema(`
      type Query { patient: Patient }
      interface CareRecord { nhsNumber: ID! }
      type Patient {
        "<script>alert(1)</script> & \`code\`"
        name: String
        "Once."
        title: String @deprecated(reason: "Ask for \\"name\\".")
      }`)
    const small = schemaPage({ schema, participants: [], version: 7 })
    expect(small).toContain('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; <code>code</code></p>')
    expect(small).toContain('<p><strong>Deprecated:</strong> Ask for &quot;name&quot;.</p>')
    expect(small).toContain('<p>Supergraph 7.')
  })
})

it('prints the same file for the same schema, in whatever order it was composed', () => {
  const one = buildSchema('type Query { b: Int a(y: Int, x: Int): Kind } enum Kind { Z A }')
  const other = buildSchema('enum Kind { A Z } type Query { a(x: Int, y: Int): Kind b: Int }')
  expect(publicSdl(one)).toBe(publicSdl(other))
})
