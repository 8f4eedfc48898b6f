import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fillInJson } from '../../../cli/init/fill-in.ts'
import { type InitFolder, initFolder } from '../../support/init-participant.ts'
import { runLcr } from '../run-lcr.ts'

describe('A folder of another kind', () => {
  const NAME = "St Thomas' & $& {code} Care"
  let folder: InitFolder
  const made: InitFolder[] = []
  const make = async (...options: string[]) => {
    folder = await initFolder('thames', ['--name', NAME, ...options])
    made.push(folder)
    return folder
  }
  const read = (file: string) => readFile(join(folder.path, file), 'utf8')
  afterAll(() => Promise.all(made.map((each) => each.remove())))

  it('of a participant that only views has nothing to load, and publishes no record', async () => {
    await make('--participation', 'VIEW_ONLY', '--kind', 'TRUST')
    expect(await read('schema.graphql')).not.toContain('ThamesRecord')
    expect(JSON.parse(await read('package.json')).scripts).not.toHaveProperty('load')
    expect(await readdir(folder.path)).not.toContain('examples')
    expect(await read('README.md')).toContain('nothing to load')
    const run = await folder.run(['load', '.'])
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('to view only') })
  })

  it('of a participant with a FHIR server names it, and brings no PostgreSQL', async () => {
    await make('--fhir-base-url', 'https://fhir.example.nhs.uk/R4')
    expect(await read('.env')).toMatch(/^FHIR_BASE_URL=https:\/\/fhir\.example\.nhs\.uk\/R4$/m)
    expect(JSON.parse(await read('package.json'))).not.toHaveProperty('optionalDependencies')
    expect(await readdir(folder.path)).not.toContain('examples')
    const run = await folder.run(['load', '.'])
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('stay in the FHIR server') })
  })

  it('leaves no placeholder, and keeps any name as it is', async () => {
    await make()
    expect(JSON.parse(await read('participant.json')).name).toBe(NAME)
    const bundle = JSON.parse(await read('examples/ada-okafor.json'))
    expect(bundle.entry[0].resource.name).toBe(NAME)
    for (const file of ['README.md', 'extension.js', 'Dockerfile', '.env', '.env.example']) {
      expect(await read(file)).not.toMatch(/\{\{|\}\}/)
    }
  })
})

describe('The gateway’s keys', () => {
  it('are those of the data folder where the system has been started', async () => {
    const root = await mkdtemp(join(tmpdir(), 'lcr-init-keys-'))
    try {
      const keys = join(root, 'data', 'keys', 'public')
      await mkdir(keys, { recursive: true })
      await writeFile(join(keys, 'gateway.jwks.json'), JSON.stringify({ keys: [] }))
      const folder = join(root, 'thames')
      const { code, out } = await runLcr(join(root, 'data'), [
        ...['init', folder, '--code', 'thames', '--name', 'Thames'],
      ])
      expect(code).toBe(0)
      expect(out).toContain(join(keys, 'gateway.jwks.json'))
      expect(await readFile(join(folder, '.env'), 'utf8')).toContain(
        `LCR_GATEWAY_KEYS=${join(keys, 'gateway.jwks.json')}\n`,
      )
    } finally {
      await rm(root, { recursive: true, force: true })
    }
  })
})

it('A word is put into JSON so that it reads as it was, whatever it holds', () => {
  const name = 'A "quoted" \\ name'
  expect(JSON.parse(fillInJson('{ "name": "{{name}}" }', { name }))).toEqual({ name })
})
