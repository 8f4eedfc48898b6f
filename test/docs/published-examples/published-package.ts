import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import type { FhirResource } from '../../../subgraphs/kit/fhir/resource.ts'

/** A package of examples on the npm registry: too large to be installed with everything else. */
export interface PublishedPackage {
  readonly name: string
  readonly version: string
  /** SHA-512 of the packed file, in base64. */
  readonly sha512: string
  readonly title: string
}

export const publishedPackages: readonly PublishedPackage[] = [
  {
    name: 'hl7.fhir.r4.examples',
    version: '4.0.1',
    sha512:
      'DXBdIZOeQaSKIgCU7w6HOC7sw/6BzylmipLkBW4f//pT+Bc94x+8LImwTdvaNThPJoOzpBzvxAzNqjeu3X/zLw==',
    title: "HL7's examples of FHIR R4 (CC0)",
  },
  {
    name: 'uk.nhsdigital.r4.test',
    version: '2.18.12-prerelease',
    sha512:
      '41U5OgPGK3wGieJUUT3pG1OpA5aKhYrmKxab+uGHec298B9w8fbH1GWYCM2ta/S0c2JoW3OyDKABdzhrz4s7ug==',
    title: "NHS England's national services, whose profiles derive from UK Core",
  },
]

const cache = 'node_modules/.cache/published-examples'

/**
 * All resources of a package, those that its Bundles hold among them. It is taken from the registry once.
 *
 * @throws when it cannot be had, or is not what it was
 */
export async function resourcesOf(source: PublishedPackage): Promise<FhirResource[]> {
  const packed = await packedFile(source)
  if (createHash('sha512').update(packed).digest('base64') !== source.sha512) {
    throw new Error(`${source.name} ${source.version} is not what it was`)
  }
  const texts = await filesIn(gunzipSync(packed))
  return texts.flatMap((text) => withEntries(JSON.parse(text)))
}

async function packedFile({ name, version }: PublishedPackage): Promise<Buffer> {
  const file = `${name}-${version}.tgz`
  const kept = await readFile(join(cache, file)).catch(() => null)
  if (kept !== null) return kept
  const away = join(cache, String(process.pid))
  await mkdir(away, { recursive: true })
  const pack = ['pack', `${name}@${version}`, '--pack-destination', away, '--silent']
  await promisify(execFile)('npm', pack)
  await rename(join(away, file), join(cache, file))
  return readFile(join(cache, file))
}

/** The JSON files of a tar archive that hold examples, not definitions and indexes. */
async function filesIn(archive: Buffer): Promise<string[]> {
  const texts: string[] = []
  const entries = extract()
  entries.on('entry', (header, stream, next) => {
    const isExample = /\.json$/.test(header.name) && !/(?:package|\.index)\.json$/.test(header.name)
    const chunks: Buffer[] = []
    stream.on('data', (chunk) => chunks.push(chunk as Buffer))
    stream.on('end', () => {
      if (isExample)
        texts.push(
          Buffer.concat(chunks)
            .toString('utf8')
            .replace(/^\uFEFF/, ''),
        )
      next()
    })
  })
  await new Promise<void>((resolve, reject) => {
    entries.on('finish', resolve).on('error', reject)
    entries.end(archive)
  })
  return texts
}

function withEntries(resource: FhirResource): FhirResource[] {
  const { entry } = resource
  if (resource.resourceType !== 'Bundle' || !Array.isArray(entry)) return [resource]
  return entry.flatMap(({ resource: one }) => (one === undefined ? [] : withEntries(one)))
}
