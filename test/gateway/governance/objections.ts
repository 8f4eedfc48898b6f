import { ADA, type Answer, type AskOptions, type TestGovernance } from './test-governance.ts'

const OBJECTION = `id nhsNumber participant state isInForce source route receivedOn note decidedOn reason
  explanation notice history { at from to by { userId name roleCode roleName odsCode organisationName } }`
const RECORD = `mutation Record($nhsNumber: ID!, $receivedOn: DateTime!, $note: String) {
  recordObjection(nhsNumber: $nhsNumber, receivedOn: $receivedOn, route: PROFESSIONAL, note: $note) {
    ${OBJECTION}
  }
}`
const REVIEW = `mutation Review($id: ID!) {
  changed: takeObjectionUnderReview(objectionId: $id) { ${OBJECTION} }
}`
const DECIDE = `mutation Decide(
  $id: ID!, $decision: ObjectionDecision!, $reason: NotUpheldReason, $explanation: String!
) {
  changed: decideObjection(
    objectionId: $id, decision: $decision, reason: $reason, explanation: $explanation
  ) { ${OBJECTION} }
}`
const WITHDRAW = `mutation Withdraw($id: ID!) {
  changed: withdrawObjection(objectionId: $id) { ${OBJECTION} }
}`
const ALL = `query All($nhsNumber: ID!) { objections(nhsNumber: $nhsNumber) { ${OBJECTION} } }`
const ONE = `query One($id: ID!) { objection(id: $id) { ${OBJECTION} } }`

export const OFFICER = 'privacy-officer.sel'
export const GUARDIAN = 'caldicott-guardian.ncl'
export const EXPLANATION = 'Weighed with the safeguarding lead'

/** What can be done with objections, in short. */
export interface Objections {
  record(changes?: object, options?: AskOptions): Promise<Answer>
  /** Records one of Ada's and gives its id. */
  recorded(): Promise<string>
  readonly steps: Readonly<Record<StepName, (id: string, as?: string) => Promise<Answer>>>
  decide(decision: { readonly id: string; readonly [argument: string]: unknown }): Promise<Answer>
  all(nhsNumber: string, as?: string): Promise<Answer>
  one(id: string, as?: string): Promise<Answer>
  /** Everything written, to see that a refusal wrote nothing. */
  register(): Promise<unknown>
}

export type StepName = 'review' | 'uphold' | 'refuse' | 'withdraw'

export function objectionsOf(london: TestGovernance): Objections {
  const take =
    (operation: string) =>
    (id: string, as = OFFICER, more: object = {}) =>
      london.ask(operation, { as, variables: { id, explanation: EXPLANATION, ...more } })
  const record = (changes: object = {}, options: AskOptions = { as: OFFICER }) => {
    const variables = { nhsNumber: ADA, receivedOn: '2026-11-20', note: null, ...changes }
    return london.ask(RECORD, { ...options, variables })
  }
  const refusal = { decision: 'NOT_UPHELD', reason: 'SAFEGUARDING' }
  return {
    record,
    recorded: async () => (await record()).data.recordObjection.id,
    steps: {
      review: (id, as) => take(REVIEW)(id, as),
      uphold: (id, as) => take(DECIDE)(id, as, { decision: 'UPHELD' }),
      refuse: (id, as) => take(DECIDE)(id, as, refusal),
      withdraw: (id, as) => take(WITHDRAW)(id, as),
    },
    decide: ({ id, ...decision }) => take(DECIDE)(id, OFFICER, decision),
    all: (nhsNumber, as = OFFICER) => london.ask(ALL, { as, variables: { nhsNumber } }),
    one: (id, as = OFFICER) => london.ask(ONE, { as, variables: { id } }),
    async register() {
      const { db } = london
      return {
        objections: await db.selectFrom('objection').selectAll().orderBy('id').execute(),
        steps: await db.selectFrom('objection_step').selectAll().orderBy('id').execute(),
      }
    },
  }
}
