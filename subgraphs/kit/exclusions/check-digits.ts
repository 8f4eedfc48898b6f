/**
 * True for the identifier of a SNOMED CT concept: 6 to 18 digits without a leading zero, the partition
 * of concepts (00, or 10 with a namespace), and Verhoeff's check digit. SNOMED CT Technical
 * Implementation Guide, "SCTID"; the algorithm: J. Verhoeff, "Error Detecting Decimal Codes", 1969.
 */
export function isConceptId(id: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(id)) return false
  const partition = id.slice(-3, -1)
  const isConcept = partition === '00' || (partition === '10' && id.length >= 11)
  return isConcept && verhoeffSum(id) === 0
}

/** True for a LOINC code: up to seven digits, a hyphen, and Luhn's check digit (LOINC Users' Guide). */
export function isLoincCode(code: string): boolean {
  const [, digits = '', check = ''] = /^([1-9]\d{0,6})-(\d)$/.exec(code) ?? []
  if (digits === '') return false
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + Math.floor(value / 10) + (value % 10)
  }, 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}

/** The product of two symmetries of the pentagon, numbered as Verhoeff numbers them. */
function multiply(a: number, b: number): number {
  const turn = (a % 5) + (a < 5 ? b % 5 : 5 - (b % 5))
  return (turn % 5) + (a < 5 === b < 5 ? 0 : 5)
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const

function verhoeffSum(id: string): number {
  return [...id].reverse().reduce((sum, digit, place) => {
    let value = Number(digit)
    for (let times = place % 8; times > 0; times--) value = PERMUTATION[value] ?? 0
    return multiply(sum, value)
  }, 0)
}
