import * as z from 'zod'
import type {
  OrganisationKind,
  ParticipantKind,
  Participation,
  Timeliness,
} from './generated/contract.ts'
import type { Participant } from './participant.ts'
import { recordSections } from './shares.ts'

/** A participant from outside this project, as its `participant.json` describes it. */
export type ParticipantDescription = Omit<Participant, 'extension'>

/** A description that does not hold; each problem names the place in the file and what it takes. */
export class DescriptionError extends Error {
  override readonly name = 'DescriptionError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The participant's description does not hold:\n${problems.join('\n')}`)
    this.problems = problems
  }
}

const KINDS = ['REGIONAL_HIE', 'TRUST'] as const satisfies readonly ParticipantKind[]

const PARTICIPATIONS = [
  'FULL',
  'VIEW_ONLY',
  'CONTRIBUTE_ONLY',
] as const satisfies readonly Participation[]

const TIMELINESS = ['LIVE', 'NIGHTLY'] as const satisfies readonly Timeliness[]

const ORGANISATION_KINDS = [
  'ACUTE_TRUST',
  'MENTAL_HEALTH_TRUST',
  'COMMUNITY_TRUST',
  'GP_PRACTICE',
  'URGENT_CARE',
  'SOCIAL_CARE',
  'COMMISSIONER',
] as const satisfies readonly OrganisationKind[]

/** Names of subgraphs and tellers that are no participant's, and beginnings of type names that are the contract's. */
const TAKEN_CODES = new Set(['index', 'governance', 'kit', 'care', 'query', 'patient', 'pds'])

const NAME = 'a name of 1 to 200 characters'

const name = z.string(NAME).trim().min(1, NAME).max(200, NAME)

const contact = z.strictObject({
  name,
  telephone: z
    .string()
    .regex(/^[\d +()-]{5,30}$/, 'a telephone number')
    .exactOptional(),
  email: z.email('an e-mail address').exactOptional(),
  url: z.url({ protocol: /^https?$/, error: 'an http or https URL' }).exactOptional(),
})

const organisation = z.strictObject({
  odsCode: z.string().regex(/^[A-Z0-9]{3,10}$/, 'an ODS code, such as RJZ'),
  name,
  kind: oneOf(ORGANISATION_KINDS),
})

const CODE = 'a word of 2 to 20 lower-case letters and digits, a letter first'

const sharedSection = z.strictObject({
  section: z.enum(recordSections, `one of ${recordSections.join(', ')}`),
  from: z.iso.date('a day, such as 2015-04-01').exactOptional(),
  timeliness: oneOf(TIMELINESS),
})

const description = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,19}$/, CODE)
    .refine((code) => !TAKEN_CODES.has(code), 'another word: this one is taken'),
  name,
  kind: oneOf(KINDS),
  participation: oneOf(PARTICIPATIONS),
  complaints: contact,
  subjectAccess: contact,
  organisations: z
    .array(organisation)
    .min(1, 'at least one organisation')
    .max(5000, 'at most 5000 organisations')
    .refine(
      (all) => new Set(all.map(({ odsCode }) => odsCode)).size === all.length,
      'organisations that each have an ODS code of their own',
    ),
  shares: z
    .array(sharedSection)
    .refine(
      (all) => new Set(all.map(({ section }) => section)).size === all.length,
      'sections that each stand there once',
    )
    .exactOptional(),
})

/**
 * Reads a participant's description.
 *
 * @param json what its `participant.json` holds, parsed
 * @throws {DescriptionError} naming every problem at once
 */
export function readParticipantDescription(json: unknown): ParticipantDescription {
  const read = description.safeParse(json)
  if (read.success) return read.data
  throw new DescriptionError(read.error.issues.map(tell))
}

function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `one of ${words.join(', ')}`)
}

function tell(issue: z.core.$ZodIssue): string {
  const place = issue.path.reduce<string>(
    (at, step) =>
      typeof step === 'number' ? `${at}[${step}]` : `${at}${at && '.'}${String(step)}`,
    '',
  )
  if (issue.code === 'unrecognized_keys') {
    return `${place || 'the file'}: there is no ${issue.keys.map((key) => `'${key}'`).join(', ')}`
  }
  const takes = issue.code === 'invalid_type' ? ofType(issue) : issue.message
  return `${place || 'the file'}: it must be ${takes}`
}

function ofType({ expected, message }: z.core.$ZodIssueInvalidType): string {
  const words: Partial<Record<string, string>> = { object: 'an object', array: 'a list' }
  return words[expected] ?? (message.startsWith('Invalid input') ? 'text' : message)
}
