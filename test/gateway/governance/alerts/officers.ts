import type { Answer, AskOptions, TestGovernance } from '../test-governance.ts'

const STAFF = 'userId name roleCode roleName odsCode organisationName'
const ALERT = `reference rule explanation state raisedAt occurredAt participant user { ${STAFF} }
  nhsNumber event facts { name value } alertType reason
  claim { id justification claimedAt endsAt endedAt isOpen }
  history { at from to attendanceConfirmed note by { ${STAFF} } }`
const LIST = `query List(
  $state: PrivacyAlertState, $rule: PrivacyAlertRule, $nhsNumber: ID, $userId: ID, $from: DateTime,
  $until: DateTime, $first: Int, $after: String
) {
  privacyAlerts(
    state: $state, rule: $rule, nhsNumber: $nhsNumber, userId: $userId, from: $from, until: $until,
    first: $first, after: $after
  ) { nodes { ${ALERT} } pageInfo { endCursor hasNextPage } }
}`
const ONE = `query One($reference: ID!) { privacyAlert(reference: $reference) { ${ALERT} } }`
const CLOSE = `mutation Close($reference: ID!, $attendanceConfirmed: Boolean!, $note: String!) {
  changed: closePrivacyAlert(
    reference: $reference, attendanceConfirmed: $attendanceConfirmed, note: $note
  ) { ${ALERT} }
}`
const ESCALATE = `mutation Escalate($reference: ID!, $note: String!) {
  changed: escalatePrivacyAlert(reference: $reference, note: $note) { ${ALERT} }
}`

export const OFFICER = 'privacy-officer.sel'
export const ELSEWHERE = 'caldicott-guardian.ncl'
export const NOTE = 'Spoke with the ward: on duty there that day'

/** What officers do with alerts, in short. */
export interface Officers {
  list(variables?: object, options?: AskOptions): Promise<Answer>
  /** References of a list. */
  references(variables?: object, options?: AskOptions): Promise<string[]>
  one(reference: string, as?: string): Promise<Answer>
  close(reference: string, changes?: object, options?: AskOptions): Promise<Answer>
  escalate(reference: string, changes?: object, options?: AskOptions): Promise<Answer>
}

export function officersOf({ ask }: TestGovernance): Officers {
  const list: Officers['list'] = (variables = {}, options = { as: OFFICER }) =>
    ask(LIST, { ...options, variables: { ...variables } })
  return {
    list,
    async references(variables, options) {
      const { data } = await list(variables, options)
      const nodes: { reference: string }[] = data.privacyAlerts.nodes
      return nodes.map(({ reference }) => reference)
    },
    one: (reference, as = OFFICER) => ask(ONE, { as, variables: { reference } }),
    close: (reference, changes = {}, options = { as: OFFICER }) =>
      ask(CLOSE, {
        ...options,
        variables: { reference, attendanceConfirmed: true, note: NOTE, ...changes },
      }),
    escalate: (reference, changes = {}, options = { as: OFFICER }) =>
      ask(ESCALATE, { ...options, variables: { reference, note: NOTE, ...changes } }),
  }
}
