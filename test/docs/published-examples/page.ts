import type { FhirResource } from '../../../subgraphs/kit/fhir/resource.ts'
import { mappedTypes } from '../fhir-elements/elements.ts'
import { findNotShown } from '../fhir-elements/not-shown.ts'
import { notSeen } from './not-seen.ts'
import { publishedPackages } from './published-package.ts'
import { elementOf, type TriedPart } from './tried-parts.ts'

const INTRODUCTION = `# Published examples of FHIR R4, and what becomes of them

Every example of a type that is read, those in Bundles among them, goes through the mapping of the kit, whole and with each of its
parts left out: where nothing of the contract changes in any example, the part has a reason here. What becomes of each element by
itself stands in [fhir-elements.md](fhir-elements.md). UK Core's own package is not on the npm registry; the second package's profiles derive
from it. Made by \`npx vitest run test/docs/published-examples.test.ts --update\`, which takes the packages from the registry once; without
them the test is skipped, and says so.
`

/** docs/fhir-examples.md. */
export function examplesPage(
  published: readonly (readonly FhirResource[])[],
  parts: readonly TriedPart[],
): string {
  const silent = parts.filter(({ fields }) => fields.length === 0)
  return [
    INTRODUCTION,
    '| Package | Resources | of types that are read |',
    '|---|---|---|',
    ...publishedPackages.map(({ name, version, title }, index) => {
      const all = published[index] ?? []
      return `| \`${name}@${version}\`: ${title} | ${all.length} | ${all.filter(isMapped).length} |`
    }),
    '\n## Types and datatypes\n',
    '| Type | Parts that occur | shown, or decide something | with a reason |',
    '|---|---|---|---|',
    ...[...new Set(parts.map(typeOf))].map((type) => {
      const own = parts.filter((part) => typeOf(part) === type)
      const count = own.filter((part) => silent.includes(part)).length
      return `| ${type} | ${own.length} | ${own.length - count} | ${count} |`
    }),
    '\n## Parts that change nothing\n',
    '| Part | In examples | Why |',
    '|---|---|---|',
    ...silent.map((part) => `| \`${part.path}\` | ${part.examples} | ${reasonOf(part)} |`),
    '',
  ].join('\n')
}

function isMapped({ resourceType }: FhirResource): boolean {
  return mappedTypes.includes(resourceType)
}

function typeOf({ path }: TriedPart): string {
  return path.split('.')[0] ?? path
}

function reasonOf(part: TriedPart): string {
  const path = elementOf(part)
  return notSeen[path] ?? findNotShown(path)?.[1].reason ?? '**undeclared**'
}
