/** The number that such a share of all is below; NaN of none. */
export function share(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** The number in the middle. */
export function median(numbers: readonly number[]): number {
  return share(numbers, 0.5)
}
