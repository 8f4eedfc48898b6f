import type { RelationshipKind } from '../../subgraphs/kit/store/tables.ts'
import type { errorCatalogue } from '../errors.ts'
import { groupNames, sayGroups } from './group-names.ts'
import { involvedDays } from './relationships.ts'
import { type RoleGroup, roleGroups } from './roles.ts'
import { actions, hiddenFields, hidesWithin, maySee, sections } from './sections.ts'

const questions: readonly (readonly [
  question: string,
  where: string,
  codes: readonly (keyof typeof errorCatalogue)[],
])[] = [
  [
    'Is the token genuine, current, for this gateway, from a trusted issuer, at assurance level 2 or more?',
    'whole request',
    ['UNAUTHENTICATED'],
  ],
  [
    'Is the selected role one that takes part in care or in governance?',
    'whole request',
    ['ROLE_NOT_PERMITTED'],
  ],
  [
    'Does the organisation belong to a participant, and may that participant view?',
    'whole request',
    ['ORGANISATION_NOT_A_PARTICIPANT', 'VIEWING_NOT_PERMITTED'],
  ],
  [
    'Is the purpose direct care: TREAT, ETREAT, COC or BTG?',
    'whole request',
    ['PURPOSE_NOT_PERMITTED'],
  ],
  ['May this role see, or do, this?', 'the field', ['FIELD_NOT_PERMITTED']],
  [
    'Has this organisation a legitimate relationship with the patient?',
    'the patient',
    ['NO_LEGITIMATE_RELATIONSHIP'],
  ],
  [
    'Is an objection of the patient under review, or upheld?',
    'the patient',
    ['OBJECTION_IN_FORCE'],
  ],
]

/** Who is believed about each kind of relationship, as `counting.ts` decides. */
const tellings: Readonly<
  Record<
    RelationshipKind,
    { readonly resource: string; readonly by: string; readonly opensFor: string }
  >
> = {
  GP_REGISTRATION: {
    resource: 'Patient.generalPractitioner',
    by: "the practice's own source, or the national demographics service: where that tells of one, it alone",
    opensFor: 'the practice',
  },
  REFERRAL: {
    resource: 'ServiceRequest.performer',
    by: "the referrer's or the recipient's own source, where the referrer has a relationship that counts, when it was written or now",
    opensFor: 'the recipient that it names, and nobody else',
  },
  APPOINTMENT: {
    resource: 'Appointment.participant',
    by: "the organisation's own source",
    opensFor: 'the organisation that gives it',
  },
  ATTENDANCE: {
    resource: 'Encounter.serviceProvider',
    by: "the organisation's own source",
    opensFor: 'the organisation attended',
  },
  ADMISSION: {
    resource: 'Encounter.serviceProvider, inpatient or day case',
    by: "the organisation's own source",
    opensFor: 'the organisation that admitted',
  },
  CASELOAD: {
    resource: 'EpisodeOfCare.managingOrganization, team',
    by: "the organisation's own source",
    opensFor: 'the organisation whose caseload it is',
  },
}

/** docs/access.md: who may see what, from the tables that decide it. */
export function accessPage(): string {
  return `# Who may see what

Seven questions, in this order; the first refusal ends it. Whatever goes wrong inside a question is a
refusal. Codes and texts are fixed and hold nothing of the request. This page is made from the tables in
\`gateway/access\`: to change one is a line there, and a line in its test.

| # | question | refuses | code |
|---|---|---|---|
${questions.map(([question, where, codes], place) => `| ${place + 1} | ${question} | ${where} | ${codes.join(', ')} |`).join('\n')}

The gateway answers 1 to 5 before anything is looked up, 6 and 7 before anything is asked of a source. The
subgraph that holds the record answers 4 to 6 once more, from the gateway's signed assertion alone: role,
organisation, purpose, relationship and the one NHS number. What legally is never shared is no question of who
asks: see [exclusions.md](exclusions.md).

## Sections by role

| | ${roleGroups.map((group) => groupNames[group]).join(' | ')} |
|---|${roleGroups.map(() => '---').join('|')}|
${sections.map((section) => `| ${section} | ${roleGroups.map((group) => markOf(group, section)).join(' | ')} |`).join('\n')}

*identity* is NHS number, name, date of birth, gender and whether the patient is dead: nobody can tell a wrong
patient without it. *demographics* is address, telephone, language and contacts. *part*
is without what tells what another section would, which the role does not see:

${roleGroups
  .filter((group) => hiddenOf(group) !== '')
  .map((group) => `- ${groupNames[group]}: ${hiddenOf(group)}`)
  .join('\n')}

Filtering such a section by codes is refused as well, since the answer would tell them. What a participant
publishes beyond the contract belongs to the section that the participant names, or else is for roles that see
everything. Job roles that stand in no group may do nothing: systems support, researchers, analysts, lawyers,
advisers, and whatever is new.

A denied field comes back null, with its path in the errors; the rest of the operation goes on. It is cut from the
operation before planning, whatever the aliases, fragments and conditions around it, and so never reaches a source.
In a list, one error stands for all its places. A timeline comes without the sections that the role does not see,
with an error at its path where it asked for one of them. Introspection shows everybody the same schema.

| may | who |
|---|---|
${Object.entries(actions)
  .map(([action, groups]) => `| ${action} | ${sayGroups(groups)} |`)
  .join('\n')}

## Relationships

Of the acting organisation, by ODS code. Each counts by who tells it: an organisation's own source is the
participant to which it belongs.

| evidence | FHIR resource | told by | opens for | for how long |
|---|---|---|---|---|
${Object.entries(tellings)
  .map(
    ([kind, told]) =>
      `| ${kind} | ${told.resource} | ${told.by} | ${told.opensFor} | ${sayDays(kind)} |`,
  )
  .join('\n')}

What else is told, a registration with anything but a general practice too, is kept and opens nothing: \`lcr load\` says how many relationships of which kind those are and
why, and the gateway logs it by participant, kind and count as it reads the feeds. Nor does anything count of a
participant that takes the number for another person than who was decided on. Which of two registrations is newer is
told by their beginnings (\`generalPractitioner.identifier.period\`), else by the Patient's \`meta.lastUpdated\`; one
without any date is the oldest, and two that cannot be ordered both count. A date is its whole day in London: who leaves on the
30th has a relationship until midnight. Who refers is the requester's
organisation, else the one whose tag the referral carries, else the only one of the participant.

Evidence is the resource that shows it, or a line of a file that the participant brought with
\`lcr relationships import\`. An unknown NHS number and a patient without a relationship get the same answer, and
searches find only whom one may see: the graph does not tell who is known. Only who has a relationship learns that
there is an objection.

In an emergency \`claimEmergencyAccess\` opens one patient to one person for some hours, tells the privacy officer,
and opens no objection and nothing that is never shared. See [governance.md](governance.md), for objections too.

## Purpose

The request's \`X-Purpose-Of-Use\` header, else the token's \`purpose_of_use\`, else TREAT. Where the token names
purposes, the header may only choose among them.

## S-flagged patients

Whatever gives a location is withheld (address, telephone, practice, places of appointments and encounters) unless
the role holds activity B1611. A search by postcode does not find them.

How these rules could be got around, and what stands against it: [threat-model.md](threat-model.md).
`
}

function sayDays(kind: string): string {
  const days = involvedDays[kind as RelationshipKind]
  if (days === 0) return 'while it lasts: it ends as told, or when a newer one elsewhere begins'
  return `from ${days} days before it begins until ${days} days after it ends, and as long as it is open`
}

function markOf(group: RoleGroup, section: (typeof sections)[number]): string {
  if (!maySee(group, section)) return ''
  return hidesWithin(group, section) ? 'part' : 'yes'
}

function hiddenOf(group: RoleGroup): string {
  return Object.values(hiddenFields[group] ?? {})
    .map(({ section, fields }) => `${section} without ${fields.join(', ')}`)
    .join('; ')
}
