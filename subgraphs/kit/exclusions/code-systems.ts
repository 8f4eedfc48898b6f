/** A coding or label as it came. */
export interface AnyCoding {
  readonly system?: unknown
  readonly code?: unknown
}

/** A system of codes that the lists of what is never shared know. */
export type CodeSystem =
  | 'SNOMED'
  | 'LOINC'
  | 'ICD10'
  | 'OPCS4'
  | 'TREATMENT_FUNCTION'
  | 'CONFIDENTIALITY'
  | 'ACT_CODE'
  /** Not said, or in no way that can be read: a code counts by itself. */
  | 'NONE'
  /** One that is none of these. */
  | 'OTHER'

/** How each system is named, by its URL, its name or its OID, a version and slashes at the end left out. */
const NAMES: readonly (readonly [system: CodeSystem, url: RegExp, ...oids: string[]])[] = [
  ['CONFIDENTIALITY', /confidentiality/, '2.16.840.1.113883.5.25'],
  ['ACT_CODE', /actcode|informationsensitivity/, '2.16.840.1.113883.5.4'],
  // The second OID is that of the UK edition, the third that of dm+d, which is SNOMED CT.
  [
    'SNOMED',
    /snomed|\bsct\b|\bdmd\b/,
    ...['2.16.840.1.113883.6.96', '2.16.840.1.113883.2.1.3.2.4.15'],
  ],
  ['LOINC', /loinc/, '2.16.840.1.113883.6.1'],
  ['ICD10', /icd-?10/, ...['2.16.840.1.113883.6.3', '2.16.840.1.113883.6.90']],
  ['OPCS4', /opcs/, '2.16.840.1.113883.2.1.3.2.4.16.2'],
  ['TREATMENT_FUNCTION', /treatment|specialt|practice-?setting/],
]

const known = new Map<string, CodeSystem>()

/**
 * The system that a coding or label says. Systems are few and written in many ways: with a version, an OID with
 * `urn:oid:` or without, a slash at the end, capitals, invisible characters. What is neither one of the known nor an
 * address of another one cannot be read, and counts as not said.
 */
export function codeSystemOf(source: unknown): CodeSystem {
  if (typeof source !== 'string') return 'NONE'
  const found = known.get(source)
  if (found !== undefined) return found
  const system = readSystem(plainText(source).toLowerCase())
  if (known.size < 1000) known.set(source, system)
  return system
}

function readSystem(written: string): CodeSystem {
  const [named = ''] = written.split('|')
  const name = named.trim().replace(/[/#]+$/, '')
  if (name === '') return 'NONE'
  const oid = /^(?:urn:oid:)?(\d+(?:\.\d+){3,})$/.exec(name)?.[1]
  const isNamed = ([, url, ...oids]: (typeof NAMES)[number]) =>
    oid === undefined ? url.test(name) : oids.includes(oid)
  const found = NAMES.find(isNamed)
  if (found !== undefined) return found[0]
  return oid !== undefined || /^(?:https?:\/\/|urn:uuid:)\S+$/.test(name) ? 'OTHER' : 'NONE'
}

/** A code as it is meant, without full-width and invisible characters. */
export function codeOf(source: unknown): string {
  if (typeof source === 'number') return String(source)
  return typeof source === 'string' ? plainText(source) : ''
}

/** The same without what stands around letters and digits. */
export function bareCodeOf(source: unknown): string {
  return codeOf(source).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
}

/** In one of the ways in which Unicode writes the same, without what nobody sees. */
function plainText(written: string): string {
  if (/^[\x21-\x7e]*$/.test(written)) return written
  return written
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cc}\p{Mn}\p{Zl}\p{Zp}]/gu, '')
    .trim()
}
