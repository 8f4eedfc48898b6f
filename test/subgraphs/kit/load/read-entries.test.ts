import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { findSources, type LoadSource } from '../../../../subgraphs/kit/load/read/find-sources.ts'
import { EntryReader } from '../../../../subgraphs/kit/load/read/read-entries.ts'
import { textSource } from './test-store.ts'

async function read(...sources: readonly LoadSource[]) {
  const reader = new EntryReader()
  const entries = []
  for (const source of sources) {
    for await (const portion of reader.read(source, () => {})) entries.push(...portion)
  }
  return entries
}

const idsOf = (entries: Awaited<ReturnType<typeof read>>) =>
  entries.map(({ content, place, problem }) => [
    place,
    problem ?? (content.resource as { id?: string } | undefined)?.id,
  ])

const bundleText = JSON.stringify({
  resourceType: 'Bundle',
  entry: [{ resource: { resourceType: 'Patient', id: 'a' } }, { resource: { id: 'b' } }],
})

describe('reading FHIR files', () => {
  it('reads NDJSON, counts lines from 1, and passes over empty ones', async () => {
    const text = '{"resourceType":"Patient","id":"a"}\r\n\n{"resourceType":"Patient","id":"b"}'
    expect(idsOf(await read(textSource('x.ndjson', text)))).toEqual([
      ['line 1', 'a'],
      ['line 3', 'b'],
    ])
  })

  it('refuses a broken line by its number and reads the lines around it', async () => {
    const lines = ['{"id":"a"}', '{"id":"b"', '{"id":"c"}}', 'garbage', '"text"', '{"id":"d"}']
    expect(idsOf(await read(textSource('x.ndjson', lines.join('\n'))))).toEqual([
      ['line 1', 'a'],
      ['line 2', 'TRUNCATED'],
      ['line 3', 'c'],
      ['line 3', 'BROKEN_JSON'],
      ['line 4', 'BROKEN_JSON'],
      ['line 5', 'BROKEN_JSON'],
      ['line 6', 'd'],
    ])
  })

  it('reads Bundles in NDJSON, each with a scope of its own', async () => {
    const entries = await read(textSource('x.ndjson', `${bundleText}\n${bundleText}\n{"id":"c"}`))
    expect(idsOf(entries).map(([place]) => place)).toEqual([
      'line 1, entry[0]',
      'line 1, entry[1]',
      'line 2, entry[0]',
      'line 2, entry[1]',
      'line 3',
    ])
    expect(entries.map(({ scope }) => scope)).toEqual([1, 1, 2, 2, 0])
  })

  it('tells NDJSON from JSON by looking, whatever the file is called', async () => {
    const formatted = JSON.stringify(JSON.parse(bundleText), null, 2)
    const expected = [
      ['entry[0]', 'a'],
      ['entry[1]', 'b'],
    ]
    expect(idsOf(await read(textSource('-', bundleText)))).toEqual(expected)
    expect(idsOf(await read(textSource('x.ndjson', formatted)))).toEqual(expected)
    expect(idsOf(await read(textSource('x.json', '{"id":"a"}\n{"id":"b"\n{"id":"c"}')))).toEqual([
      ['line 1', 'a'],
      ['line 2', 'TRUNCATED'],
      ['line 3', 'c'],
    ])
  })

  it('knows a Bundle that has a line for each entry', async () => {
    const lines = [
      '{"resourceType":"Bundle","entry":[{"resource":{"id":"a"}},',
      '{"resource":{"id":"b"}},',
    ]
    for (const last of ['{"resource":{"id":"c"}}]}', '{"resource":{"id":"c"}}\n]}']) {
      expect(idsOf(await read(textSource('x.json', [...lines, last].join('\n'))))).toEqual([
        ['entry[0]', 'a'],
        ['entry[1]', 'b'],
        ['entry[2]', 'c'],
      ])
    }
  })

  it('does not mind a byte order mark', async () => {
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(bundleText)])
    expect(idsOf(await read(textSource('x.json', marked)))).toEqual([
      ['entry[0]', 'a'],
      ['entry[1]', 'b'],
    ])
  })

  it('reads the entries of a Bundle within a Bundle', async () => {
    const outer = `{"resourceType":"Bundle","entry":[{"resource":${bundleText}},{"resource":{"id":"c"}}]}`
    expect(idsOf(await read(textSource('x.json', outer)))).toEqual([
      ['entry[0].resource.entry[0]', 'a'],
      ['entry[0].resource.entry[1]', 'b'],
      ['entry[1]', 'c'],
    ])
  })

  it('refuses an empty JSON file, but not an empty NDJSON file or an empty Bundle', async () => {
    expect(idsOf(await read(textSource('x.json', ' \n')))).toEqual([['', 'TRUNCATED']])
    expect(await read(textSource('x.ndjson', ''))).toEqual([])
    expect(await read(textSource('x.json', '{"resourceType":"Bundle","entry":[]}'))).toEqual([])
    expect(await read(textSource('x.json', '{"resourceType":"Bundle","total":0}'))).toEqual([])
  })

  it('finds files in folders in order, also compressed, and names those it passes over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lcr-load-'))
    try {
      await writeFile(join(folder, 'b.json.gz'), gzipSync('{"id":"b"}'))
      await writeFile(join(folder, 'a.ndjson'), '{"id":"a"}')
      await writeFile(join(folder, 'c.json.gz'), gzipSync(bundleText.repeat(500)).subarray(0, 100))
      await writeFile(join(folder, 'notes.txt'), 'hello')
      const found = await findSources(folder, process.stdin)
      expect(found.skippedFiles).toEqual(['notes.txt'])
      const entries = await read(...found.sources)
      expect(entries.map(({ file }) => file)).toContain('b.json.gz')
      expect(idsOf(entries.filter(({ file }) => file !== 'c.json.gz'))).toEqual([
        ['line 1', 'a'],
        ['', 'b'],
      ])
      expect(entries.filter(({ file }) => file === 'c.json.gz').at(-1)?.problem).toBe(
        'UNREADABLE_FILE',
      )
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
