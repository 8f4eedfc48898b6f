import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { composeSupergraph } from '../../../gateway/registry/compose.ts'
import { projectRoot } from '../../../project-root.ts'
import type { Participation } from '../../../subgraphs/kit/generated/contract.ts'

const subgraph = async (name: string, participation?: Participation) => ({
  name,
  url: `http://${name}.invalid/graphql`,
  sdl: await readFile(join(projectRoot, 'subgraphs', name, 'schema.graphql'), 'utf8'),
  ...(participation && { participation }),
})

it('refuses the record type of a participant that only views, by its name and how to mend it', async () => {
  const subgraphs = [await subgraph('index'), await subgraph('nel', 'FULL')]
  const viewer = await subgraph('hpft', 'VIEW_ONLY')
  const record =
    'type HpftRecord implements CareRecord @key(fields: "nhsNumber") { nhsNumber: ID! } interface CareRecord { nhsNumber: ID! }'
  const extended = 'extend type Other implements CareRecord { nhsNumber: ID! }'

  expect(() =>
    composeSupergraph([...subgraphs, { ...viewer, sdl: `${viewer.sdl} ${record} ${extended}` }]),
  ).toThrow(
    `The subgraphs do not compose:
  - hpft only views and may publish no patient record. Remove the type HpftRecord, or ask the operator to let the participant contribute.
  - hpft only views and may publish no patient record. Remove the type Other, or ask the operator to let the participant contribute.`,
  )
})

it('gives a participant that only views no place among the records', async () => {
  const supergraph = await readFile(join(projectRoot, 'supergraph.graphql'), 'utf8')
  expect(supergraph).toContain('type EnhtRecord implements CareRecord')
  expect(supergraph).toContain('type Hpft implements Participant')
  expect(supergraph).not.toContain('HpftRecord')
})
