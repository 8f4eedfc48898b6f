/** A list that cannot be trusted: one line that names the file and the line in it. */
export class ExclusionListError extends Error {
  override readonly name = 'ExclusionListError'

  /** @param line counted from 1; null where the file as a whole is wrong */
  constructor(file: string, line: number | null, problem: string) {
    const place = line === null ? file : `${file}, line ${line}`
    super(`The list of what is never shared cannot be used: ${place}: ${problem}`)
  }
}
