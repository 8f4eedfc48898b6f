import { Kind, parse } from 'graphql'
import { expect, it } from 'vitest'
import { readContract } from '../../../../subgraphs/kit/schema/contract.ts'
import { participantSdl } from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import { participant as nel } from '../../../../subgraphs/nel/participant.ts'

it("A participant's name is told in its schema word for word, and adds nothing to it", async () => {
  const name = 'St "Mary\'s" """ type Extra { id: ID } \\ and sons'
  const contract = await readContract()
  const [plain, told] = [participantSdl(nel, contract), participantSdl({ ...nel, name }, contract)]
  const { definitions } = parse(told)
  expect(definitions).toHaveLength(parse(plain).definitions.length)
  const type = definitions.find(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Nel',
  )
  expect((type as { description?: { value: string } }).description?.value).toBe(`${name}.`)
})
