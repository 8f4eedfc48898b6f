/** The word that was probably meant: at most three letters away, or a third of its length. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((one, other) => one.distance - other.distance)
  if (!nearest || nearest.distance > Math.max(3, word.length / 3)) return undefined
  return nearest.candidate
}

/** Letters to insert, delete or replace (Levenshtein). */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const line = [row]
    for (let column = 1; column <= other.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1)
      const shorter = Math.min(above[column] ?? 0, line[column - 1] ?? 0) + 1
      line.push(Math.min(replaced, shorter))
    }
    above = line
  }
  return above[other.length] ?? 0
}
