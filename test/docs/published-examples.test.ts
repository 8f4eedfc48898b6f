import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FhirResource } from '../../subgraphs/kit/fhir/resource.ts'
import { elementsOf, mappedTypes } from './fhir-elements/elements.ts'
import { findNotShown } from './fhir-elements/not-shown.ts'
import { notSeen } from './published-examples/not-seen.ts'
import { examplesPage } from './published-examples/page.ts'
import { publishedPackages, resourcesOf } from './published-examples/published-package.ts'
import { elementOf, type TriedPart, triedParts } from './published-examples/tried-parts.ts'

let published: readonly FhirResource[][] | null = null
let parts: readonly TriedPart[] = []

beforeAll(async () => {
  published = await Promise.all(publishedPackages.map(resourcesOf)).catch(nothingOf)
  const all = (published ?? []).flat()
  const mapped = all.filter(({ resourceType }) => mappedTypes.includes(resourceType))
  parts = triedParts(mapped, all)
}, 300_000)

/** Only what the registry does not give may be missing: what is not what it was is a failure. */
function nothingOf(error: Error & { readonly stderr?: unknown }): null {
  if (error.stderr === undefined) throw error
  return null
}

beforeEach(({ skip }) => {
  skip(published === null, 'The packages are not here, and the registry cannot be reached.')
})

const isSilent = ({ fields }: TriedPart) => fields.length === 0

describe('In the published examples of the types that are read', () => {
  it('every element has a line in the table of elements', () => {
    const lines = new Set(mappedTypes.flatMap(elementsOf).map(({ path }) => path))
    const isOfType = (part: TriedPart) => mappedTypes.includes(part.path.split('.')[0] ?? '')
    expect(parts.filter(isOfType).length).toBeGreaterThan(400)
    expect(
      parts
        .filter(isOfType)
        .map(elementOf)
        .filter((path) => !lines.has(path)),
    ).toEqual([])
  })

  it('every part is shown, or has a reason why not', () => {
    const unseen = parts.filter(isSilent).map(elementOf)
    expect(unseen.filter((path) => !findNotShown(path) && notSeen[path] === undefined)).toEqual([])
  })

  it('no reason is given for what is shown', () => {
    const unseen = new Set(parts.filter(isSilent).map(elementOf))
    expect(Object.keys(notSeen).filter((path) => !unseen.has(path))).toEqual([])
  })

  it('is counted in docs/fhir-examples.md what becomes of them', async () => {
    const page = examplesPage(published ?? [], parts)
    await expect(page).toMatchFileSnapshot('../../docs/fhir-examples.md')
  })
})
