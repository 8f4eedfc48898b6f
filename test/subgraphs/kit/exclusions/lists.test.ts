import { hash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadExclusions } from '../../../../subgraphs/kit/exclusions/load-exclusions.ts'
import { readSubjectList } from '../../../../subgraphs/kit/exclusions/read-list.ts'

const STI = '999004381000000103'
const TERMINATION = '999004361000000107'
const OTHER = '999000011000000103'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-lists-'))
})

afterEach(() => rm(folder, { recursive: true }))

const put = (name: string, text: string) => writeFile(join(folder, name), text)
const full = async (excludesTermination = true) =>
  (await loadExclusions({ folder, excludesTermination })).snomed

describe('the short list', () => {
  it('holds every example, service and label of the four subjects', async () => {
    const { snomed, loinc, icd10, opcs4, treatmentFunctions, labels } = await loadExclusions()
    expect([...icd10]).toEqual(expect.arrayContaining(['B24', 'A54', 'F024', 'F64', 'O04']))
    expect([...opcs4].sort()).toEqual(['Q13', 'Q14', 'Q21', 'Q383', 'Q48', 'X15', 'Y96'])
    expect([...snomed]).toEqual(
      expect.arrayContaining(['93461009', '63487001', '86406008', '386639001', '788122004']),
    )
    expect([...loinc]).toEqual(['55277-8'])
    expect([...treatmentFunctions].sort()).toEqual(['360', '504'])
    expect([...labels].sort()).toEqual([
      'v3-ActCode#GENDER',
      'v3-ActCode#HIV',
      'v3-ActCode#SEX',
      'v3-ActCode#STD',
      'v3-Confidentiality#R',
      'v3-Confidentiality#V',
    ])
  })

  it('leaves terminations out when told to, and nothing else', async () => {
    const [all, without] = await Promise.all([
      loadExclusions(),
      loadExclusions({ excludesTermination: false }),
    ])
    const gone = [...all.snomed].filter((code) => !without.snomed.has(code))
    expect(gone.sort()).toEqual(['310062002', '386639001', '5880005', '714812005'])
    expect(all.digest).not.toBe(without.digest)
  })

  it('takes a code twice for once, and knows itself again by its digest', async () => {
    const twice = readSubjectList(
      'a.csv',
      'kind,code,meaning\r\nsnomed,86406008,"HIV, once"\nsnomed,86406008,\n\n',
    )
    expect(twice.snomed).toEqual(['86406008'])
    expect((await loadExclusions()).digest).toBe((await loadExclusions()).digest)
  })

  it.each([
    ['snomed,1.02E+15,', 'line 2: "1.02E+15" was ruined by a spreadsheet'],
    ['snomed,086406008,', 'line 2: "086406008" begins with a zero, as no SNOMED CT id does'],
    ['snomed,,', 'line 2: "" is blank'],
    ['snomed,86406009,', 'line 2: "86406009" is no SNOMED CT id: its check digit is wrong'],
    ['snomed,86406008,\nsnomed,12345,', 'line 3: "12345" has not the length of a SNOMED CT id'],
    ['snomed,2549025016,', 'line 2: "2549025016" is no id of a SNOMED CT concept'],
    ['loinc,55277-7,', 'line 2: "55277-7" is no LOINC code: its form or check digit is wrong'],
    ['treatment-function,36,', 'line 2: a treatment function has three digits'],
    ['icd10,24,', 'line 2: icd10 has a letter and two digits, or .1 behind them'],
    ['opcs4,Q131,', 'line 2: opcs4 has a letter and two digits, or .1 behind them'],
    ['label,HIV,', 'line 2: a label is v3-ActCode#… or v3-Confidentiality#…'],
    ['refset,STI,', 'line 2: "STI" is no SNOMED CT id'],
    ['readcode,A53,', 'line 2: there is no kind "readcode"'],
    ['snomed,"86406008,', 'line 2: its quotation marks do not match'],
  ])('is refused for %s', (row, problem) => {
    expect(() => readSubjectList('hiv.csv', `kind,code,meaning\n${row}\n`)).toThrow(
      `The list of what is never shared cannot be used: hiv.csv, ${problem}`,
    )
  })

  it('is refused without its heading, and when it is empty', () => {
    expect(() => readSubjectList('a.csv', 'snomed,86406008,HIV')).toThrow('a.csv, line 1')
    expect(() => readSubjectList('a.csv', 'kind,code,meaning\n')).toThrow('a.csv: it is empty')
  })
})

describe('a full list', () => {
  const header = 'id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId'
  const row = (id: string, time: string, active: string, refset: string, concept: string) =>
    [id, time, active, '999000011000000103', refset, concept].join('\t')

  it('gives the active members of the four reference sets, as SNOMED CT releases them', async () => {
    await put(
      'der2_Refset_SimpleFull.txt',
      [
        header,
        row('a', '20240101', '1', STI, '240589008'),
        row('b', '20240101', '1', STI, '186847001'),
        row('b', '20250101', '0', STI, '186847001'),
        row('c', '20250101', '1', STI, '61048000'),
        row('c', '20240101', '0', STI, '61048000'),
        row('d', '20240101', '1', OTHER, '38341003'),
        row('e', '20240101', '1', TERMINATION, '57797005'),
      ].join('\r\n'),
    )
    const members = await full()
    expect(members.has('240589008')).toBe(true)
    expect(members.has('186847001')).toBe(false)
    expect(members.has('61048000')).toBe(true)
    expect(members.has('38341003')).toBe(false)
    expect(members.has('57797005')).toBe(true)
    expect((await full(false)).has('57797005')).toBe(false)
    expect(members.has('86406008')).toBe(true)
  })

  it('may be plain: one id a line, or a table that heads its ids', async () => {
    await put('sti.txt', '240589008\n240589008\n\n 61048000 \n')
    await put('gender.csv', '\uFEFFTerm,SNOMED code,Active\n"A, b",57797005,1\nC,186847001,0\n')
    await put('hiv-tests.csv', 'code\n7917-8\n')
    await put('termination.csv', 'conceptId\n38341003\n')
    const { snomed, loinc } = await loadExclusions({ folder })
    expect(['240589008', '61048000', '57797005', '38341003'].every((id) => snomed.has(id))).toBe(
      true,
    )
    expect(snomed.has('186847001')).toBe(false)
    expect(loinc.has('7917-8')).toBe(true)
    expect((await full(false)).has('38341003')).toBe(false)
  })

  it.each([
    [
      'a.txt',
      '240589008\n2.40589E+08\n',
      'a.txt, line 2: "2.40589E+08" was ruined by a spreadsheet',
    ],
    ['a.csv', 'code,term\n240589008,A\n,B\n', 'a.csv, line 3: "" is blank'],
    ['a.csv', 'term,words\nA,B\n', 'a.csv, line 1: no column is headed as ids are'],
    [
      'a.csv',
      'code,active\n240589008,perhaps\n',
      'a.csv, line 2: it does not say whether it is active',
    ],
    ['a.txt', '', 'a.txt: it holds no active member'],
    ['a.txt', `${header}\n`, 'a.txt: it holds no active member'],
    [
      'a.txt',
      `${header}\nx\t20240101\t1\t1\t${STI}\t240589009`,
      'a.txt, line 2: "240589009" is no SNOMED CT id: its check digit is wrong',
    ],
    [
      'a.txt',
      `${header}\nx\tsoon\t1\t1\t${STI}\t240589008`,
      'a.txt, line 2: it is no row of a reference set',
    ],
    ['a.xlsx', 'PK', 'a.xlsx: a list ends in .txt, .csv or .tsv'],
  ])('%s of %j is refused', async (name, text, problem) => {
    await put(name, text)
    await expect(full()).rejects.toThrow(
      `The list of what is never shared cannot be used: ${problem}`,
    )
  })

  it('is refused where its folder is missing or empty', async () => {
    await expect(full()).rejects.toThrow('the folder holds no list')
    await expect(loadExclusions({ folder: join(folder, 'none') })).rejects.toThrow(
      'the folder cannot be read',
    )
  })

  it('agrees with its checksums, and is refused when it does not or has none', async () => {
    const sum = (text: string) => hash('sha256', text)
    await put('a.txt', '240589008\n')
    await put('SHA256SUMS', `${sum('240589008\n')}  a.txt\n`)
    expect((await full()).has('240589008')).toBe(true)
    await put('b.txt', '61048000\n')
    await expect(full()).rejects.toThrow('b.txt: it does not stand in SHA256SUMS')
    await rm(join(folder, 'b.txt'))
    await put('a.txt', '240589008\n61048000\n')
    await expect(full()).rejects.toThrow('a.txt: its content is not the one of SHA256SUMS')
    await put('SHA256SUMS', `${sum('240589008\n61048000\n')} *a.txt\n${sum('x')}  gone.txt\n`)
    await expect(full()).rejects.toThrow('gone.txt: it stands in SHA256SUMS and is not there')
    await put('SHA256SUMS', 'a.txt\n')
    await expect(full()).rejects.toThrow('SHA256SUMS, line 1: it is no checksum and name')
  })
})
