import type { Staff } from '../staff.ts'
import type { NotUpheldReason } from '../store/tables.ts'

/** The supervisory authority as it published itself; look at https://ico.org.uk/global/contact-us/ before changing. */
const ICO = [
  "Information Commissioner's Office",
  'Wycliffe House, Water Lane, Wilmslow, Cheshire, SK9 5AF',
  'Telephone: 0303 123 1113',
  'https://ico.org.uk/make-a-complaint/',
]

const reasons: Readonly<Record<NotUpheldReason, string>> = {
  PUBLIC_INTEREST: 'there is a public interest in sharing it that weighs more than your objection',
  SAFEGUARDING:
    'sharing it is needed to keep a child, or an adult who cannot protect themselves, safe',
  RISK_OF_HARM: 'not sharing it could lead to serious harm to you or to somebody else',
}

/**
 * What a patient is told whose objection was not upheld: the reason in plain words, how to complain
 * and to whom, and that a court can be asked (UK GDPR Art. 12(4)). It names no patient and holds
 * nothing clinical, so that it can go into any letter.
 */
export function noticeFor(decision: {
  readonly reason: NotUpheldReason
  /** `YYYY-MM-DD` */
  readonly decidedOn: string
  readonly staff: Pick<Staff, 'organisationName' | 'participant'>
}): string {
  const { reason, decidedOn, staff } = decision
  const { complaints } = staff.participant
  return [
    'Your objection to sharing through the London Care Record',
    `You told us that you do not want your health and care record to be shared through the London Care Record. We looked at what you said. On ${inWords(decidedOn)} we decided that your record will go on being shared with the health and care staff who look after you, because ${reasons[reason]}.`,
    'Only registered health and care professionals who are directly involved in your care may look at it. Every look is written down, and you may ask who looked.',
    [
      'If you disagree',
      `First tell us. We will acknowledge your complaint within 30 days and look at the decision again:`,
      staff.organisationName,
      complaints.name,
      ...(complaints.telephone ? [`Telephone: ${complaints.telephone}`] : []),
      ...(complaints.email ? [`E-mail: ${complaints.email}`] : []),
      ...(complaints.url ? [complaints.url] : []),
    ].join('\n'),
    [
      'If you are not content with our answer, or do not want to ask us, you may complain at any time to the authority that watches over personal data:',
      ...ICO,
    ].join('\n'),
    'You may also ask a court to decide. If anything changes for you, you may object again at any time.',
  ].join('\n\n')
}

/** `2026-11-22` → `22 November 2026`. */
function inWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
}
