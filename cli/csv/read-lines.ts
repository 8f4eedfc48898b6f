/** Raised for a file that is no text of lines. */
export class EndlessLine extends Error {
  readonly line: number

  constructor(line: number) {
    super('A line has no end')
    this.line = line
  }
}

/** No honest line is longer. */
const LONGEST_LINE = 10_000

/**
 * The lines of a text, one at a time, without their ends and without a byte order mark.
 *
 * @throws EndlessLine
 */
export async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  let line = 0
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) yield cleaned(part, line++)
    if (rest.length > LONGEST_LINE) throw new EndlessLine(line + 1)
  }
  if (rest !== '') yield cleaned(rest, line)
}

function cleaned(part: string, line: number): string {
  if (part.length > LONGEST_LINE) throw new EndlessLine(line + 1)
  const text = line === 0 ? part.replace(/^\ufeff/, '') : part
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
