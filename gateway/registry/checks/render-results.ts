import type { CheckName, CheckResult, Problem } from './check.ts'

/** What each check makes sure of, to be read by who publishes. */
const TITLES: Readonly<Record<CheckName, string>> = {
  parses: 'the schema parses',
  'implements-contract': 'it implements the contract, nothing less',
  participation: 'it publishes what the participant takes part in',
  namespace: 'it stays in its own namespace',
  composes: "it composes with everybody else's",
  'keeps-operations': 'it breaks no operation that was used',
  'plans-within-budget': 'queries over all records are still planned within budget',
  answers: 'the service answers at its url',
  'speaks-the-schema': 'the service speaks the published schema',
  'refuses-unsigned': 'the service refuses who brings no assertion',
  'keeps-deadline': 'the service keeps within the deadline',
}

/**
 * The results of checks as text for a terminal: a line for each check, and for each problem what is
 * wrong, where, and how to mend it.
 *
 * @param options.colour with ANSI colours; without them when left out
 */
export function renderResults(
  results: readonly CheckResult[],
  { colour = false }: { readonly colour?: boolean } = {},
): string {
  const paint = colour ? inColour : (_colour: Colour, text: string) => text
  const lines = results.flatMap((result) => [
    `${signOf(result, paint)} ${result.check}: ${TITLES[result.check]}`,
    ...(result.skipped === undefined ? [] : [`    not checked: ${safe(result.skipped)}`]),
    ...result.problems.flatMap((problem) => renderProblem(problem, paint)),
    ...(result.notes ?? []).map((note) => `    note: ${safe(note)}`),
  ])
  const count = results.reduce((sum, { problems }) => sum + problems.length, 0)
  const end = count === 0 ? 'No problems.' : count === 1 ? '1 problem.' : `${count} problems.`
  return `${[...lines, end].join('\n')}\n`
}

type Colour = 'red' | 'green' | 'yellow' | 'bold'

type Paint = (colour: Colour, text: string) => string

const CODES: Readonly<Record<Colour, number>> = { bold: 1, red: 31, green: 32, yellow: 33 }

function inColour(colour: Colour, text: string): string {
  return `\u001b[${CODES[colour]}m${text}\u001b[0m`
}

function signOf({ problems, skipped }: CheckResult, paint: Paint): string {
  if (problems.length > 0) return paint('red', '✗')
  return skipped === undefined ? paint('green', '✓') : paint('yellow', '–')
}

function renderProblem({ where, message, mend }: Problem, paint: Paint): string[] {
  return [
    `    ${paint('bold', safe(message))}`,
    ...(where === null ? [] : [`      where: ${safe(where)}`]),
    `      mend:  ${safe(mend)}`,
  ]
}

/** Names in a schema and of programs come from outside: none of them moves the cursor of a terminal. */
function safe(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}
