import * as z from 'zod'
import { isNhsNumber } from '../../kit/fhir/nhs-number.ts'
import { objectionStates } from '../../kit/fhir/objection.ts'
import { toInstant, toLastInstant } from '../../kit/fhir/time.ts'

const nhsNumber = z.string().refine(isNhsNumber)
const moment = z.string().refine((text) => !Number.isNaN(new Date(text).getTime()))

/** Of a date its beginning in London. */
const beginning = moment.transform((text) => instantOf(text, toInstant))
/** Who leaves on a day is there until it is over. */
const ending = moment.transform((text) => instantOf(text, toLastInstant))

function instantOf(text: string, read: typeof toInstant): string {
  return (read(text) ?? new Date(text)).toISOString()
}

const relationship = z.object({
  odsCode: z.string(),
  kind: z.enum([
    'GP_REGISTRATION',
    'REFERRAL',
    'APPOINTMENT',
    'ATTENDANCE',
    'ADMISSION',
    'CASELOAD',
  ]),
  startsAt: beginning.nullable(),
  endsAt: ending.nullable(),
  evidence: z.string(),
  referrer: z.string().nullish(),
  recordedAt: beginning.nullish(),
})

const name = z.looseObject({
  text: z.string().nullish(),
  prefix: z.array(z.string()).nullish(),
  given: z.array(z.string()).nullish(),
  family: z.string().nullish(),
})

const demographics = z
  .looseObject({
    name: name.nullish(),
    otherNames: z.array(name).nullish(),
    formerNames: z.array(name).nullish(),
    birthDate: z.string().nullish(),
    addresses: z.array(z.looseObject({ postcode: z.string().nullish() })).nullish(),
  })
  .nullable()

const server = z.object({
  server: z.string().min(1),
  demographics,
  holdsRecord: z.boolean(),
  isSensitive: z.boolean(),
  supersededBy: nhsNumber.nullable(),
  supersedes: z.array(nhsNumber),
})

const change = z.object({
  nhsNumber,
  holdsRecord: z.boolean(),
  isSensitive: z.boolean(),
  supersededBy: nhsNumber.nullable(),
  /** Undefined where a participant's feed does not tell of them. */
  supersedes: z.array(nhsNumber).optional(),
  asOf: beginning,
  /** Undefined where a participant's feed does not tell of objections at all. */
  objection: z.enum(objectionStates).nullish(),
  demographics,
  relationships: z.array(relationship),
  /** Undefined where a participant's feed does not tell its servers apart. */
  servers: z.array(server).optional(),
})

/** What a participant answers to `feedQuery`: another's server may send anything. */
export const feedPage = z.object({
  changes: z.array(change),
  cursor: z.string().nullable(),
  hasMore: z.boolean(),
})

export type FeedPage = z.infer<typeof feedPage>
export type PatientChange = z.infer<typeof change>
