import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadResources } from '../../../../subgraphs/kit/load/load.ts'
import { NotUtf8Error } from '../../../../subgraphs/kit/load/read/check-utf8.ts'
import { findSources } from '../../../../subgraphs/kit/load/read/find-sources.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { ada, bundle, patient } from './resources.ts'
import { createTestStore, type TestStore, textSource } from './test-store.ts'

let store: TestStore

beforeAll(async () => {
  store = await createTestStore()
})
beforeEach(() => store.clear())
afterAll(() => store.close())

const named = (family: string) => patient('a', ada, { name: [{ family, given: ['Ada'] }] })
const text = JSON.stringify(bundle([named('Quillfeather'), named('Müller-Lüdenscheidt')]))
const ndjson = `${JSON.stringify(named('Quill'))}\n${JSON.stringify(named('Müller'))}\n`
const mark = Buffer.from([0xef, 0xbb, 0xbf])

async function names(): Promise<string[]> {
  const patients = await store.patients()
  return patients.map(
    ({ demographics }) => (demographics as { name: { family: string } }).name.family,
  )
}

describe('a file that is not UTF-8', () => {
  it.each([
    ['Latin-1', 'a.json', Buffer.from(text, 'latin1'), `line 1, byte ${text.indexOf('ü')}`],
    [
      'Latin-1, a resource a line',
      'a.ndjson',
      Buffer.from(ndjson, 'latin1'),
      `line 2, byte ${ndjson.indexOf('ü')}`,
    ],
    ['UTF-16 with a mark', 'a.json', Buffer.from(`\ufeff${text}`, 'utf16le'), 'line 1, byte 0'],
    ['UTF-16 without a mark', 'a.json', Buffer.from(text, 'utf16le'), 'line 1, byte 1'],
    [
      'a character cut off at the end',
      'a.json',
      Buffer.concat([Buffer.from(text), Buffer.from([0xc3])]),
      `line 1, byte ${Buffer.byteLength(text)}`,
    ],
    [
      'an overlong character',
      'a.json',
      Buffer.concat([Buffer.from([0xc0, 0xaf]), Buffer.from(text)]),
      'line 1, byte 0',
    ],
  ])(
    'is refused by name and as a whole (it was loaded with its letters lost): %s',
    async (_what, name, bytes, place) => {
      const report = await store.loadText(name, bytes)
      expect(report.refusals).toEqual([
        { file: name, place, resourceType: null, reason: 'NOT_UTF8' },
      ])
      expect(report.entries).toBe(1)
      expect(await names()).toEqual([])
    },
  )

  it.each([
    ['with a mark', 'a.json', Buffer.concat([mark, Buffer.from(text)])],
    ['without one', 'a.json', Buffer.from(text)],
  ])('that is UTF-8 is taken in as it is, %s', async (_what, name, bytes) => {
    expect((await store.loadText(name, bytes)).refusals).toEqual([])
    expect(await names()).toEqual(['Müller-Lüdenscheidt'])
  })

  it('stops standard input before anything is written, since it cannot be read twice', async () => {
    const { open } = textSource('-', Buffer.from(text, 'latin1')) as {
      open: (on: () => void) => AsyncIterable<Buffer>
    }
    const { sources } = await findSources(
      '-',
      open(() => {}),
    )
    const loading = loadResources({ db: store.db, participant, sources })
    await expect(loading).rejects.toThrow(NotUtf8Error)
    await expect(loading).rejects.toThrow(`line 1, byte ${text.indexOf('ü')}`)
    expect(await names()).toEqual([])
  })

  it('does not keep another file of the same load from coming in', async () => {
    const bad = textSource('bad.json', Buffer.from(text, 'latin1'))
    const good = textSource('good.json', text)
    const report = await loadResources({ db: store.db, participant, sources: [bad, good] })
    expect(report.refusals.map(({ file }) => file)).toEqual(['bad.json'])
    expect(await names()).toEqual(['Müller-Lüdenscheidt'])
  })
})
