import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../project-root.ts'

const pageOf = (name: string) => readFileSync(join(projectRoot, 'docs', name), 'utf8')

const pages = readdirSync(join(projectRoot, 'docs')).filter((name) => name.endsWith('.md'))

describe('a page of docs/ that names tests and files', () => {
  it.each(pages)('%s names only those that exist', (name) => {
    const named = [...pageOf(name).matchAll(/`((?:test|gateway|subgraphs|cli|bench)\/[\w./-]+)`/g)]
    const missing = named
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(projectRoot, path)))
    expect(missing).toEqual([])
  })

  it.each(pages)('%s leads to no page and no decision that is not there', (name) => {
    const text = pageOf(name)
    const linked = [...text.matchAll(/\]\(([\w./-]+\.md)/g)].map(([, path = '']) => path)
    expect(linked.filter((path) => !existsSync(join(projectRoot, 'docs', path)))).toEqual([])
    const notes = readdirSync(join(projectRoot, 'docs', 'decisions'))
    const numbers = [...text.matchAll(/docs\/decisions\/(\d{4})/g)].map(([, number = '']) => number)
    expect(numbers.filter((number) => !notes.some((note) => note.startsWith(number)))).toEqual([])
  })
})

describe('docs/clinical-safety.md', () => {
  const hazards = pageOf('clinical-safety.md')
    .split(/^## /m)
    .filter((part) => /^H\d/.test(part))
  /** `- `test/…` "title"` */
  const shown = hazards.flatMap((hazard) =>
    [...hazard.matchAll(/^ {2}- `(test\/[^`]+)` "(.+)"$/gm)].map(([, path = '', title = '']) => ({
      path,
      title,
    })),
  )

  it('tells of every hazard its cause, effect, controls, tests and what is left', () => {
    expect(hazards.map((hazard) => /^H(\d+)\. /.exec(hazard)?.[1])).toEqual(
      hazards.map((_, index) => String(index + 1)),
    )
    for (const hazard of hazards) {
      const parts = [...hazard.matchAll(/^- \*\*([A-Za-z]+)[\w ]*\.\*\*/gm)].map(([, part]) => part)
      expect(parts).toEqual(['Cause', 'Effect', 'Controls', 'Shown', 'Left'])
    }
  })

  it('names a test of every hazard', () => {
    expect(hazards.filter((hazard) => !/^ {2}- `test\//m.test(hazard))).toEqual([])
  })

  it.each(shown)('$path has a test of the title "$title"', ({ path, title }) => {
    const file = readFileSync(join(projectRoot, path), 'utf8').replaceAll("\\'", "'")
    expect(file).toContain(title)
  })
})
