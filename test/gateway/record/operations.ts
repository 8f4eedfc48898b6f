/** One operation on the merged record, with what a client would send beside it. */
export interface Example {
  readonly document: string
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
}

const patient = (selection: string) => `{ patient(nhsNumber: "p1") { ${selection} } }`

/** Operations of every sort, by what is special about them. */
export const operations: Record<string, string | Example> = {
  'one section': patient('allergies { nodes { id } }'),
  'no section at all': patient('nhsNumber name { text } birthDate'),
  'an unknown patient':
    '{ patient(nhsNumber: "nobody") { allergies { nodes { id } } sources { outcome } } }',
  'every part of a section': patient(`testResults {
    __typename status isComplete missingSources notUnderstood notShared statedNoneKnown { participant author __typename }
    nodes { __typename id code { display __typename } possibleDuplicateOf provenance { participant } }
    edges { __typename cursor node { id provenance { author } possibleDuplicateOf } }
    pageInfo { __typename endCursor hasNextPage } }`),
  'sections before, between and behind other fields': patient(`
    allergies { status } nhsNumber medications { status } name { text } sources { outcome }
    diagnoses { nodes { id } } birthDate`),
  'the state of every section': patient(
    `allergies { status isComplete missingSources } medications { status isComplete notUnderstood notShared }
     immunisations { status missingSources } diagnoses { status } testResults { status isComplete }
     imagingReports { status } observations { status } procedures { status } appointments { status }
     encounters { status } documents { status } carePlans { status } socialCare { status }
     mentalHealth { status } safetyAlerts { status } referrals { status }`,
  ),
  'all sections with their entries': patient(
    [
      'allergies medications immunisations diagnoses testResults imagingReports observations',
      'procedures appointments encounters documents carePlans socialCare mentalHealth',
      'safetyAlerts referrals',
    ]
      .join(' ')
      .split(' ')
      .map((name) => `${name} { nodes { id time code { code } provenance { participant } } }`)
      .join(' '),
  ),
  'contradictions in every section': patient(
    [
      'allergies medications immunisations diagnoses testResults imagingReports observations',
      'procedures appointments encounters documents carePlans socialCare mentalHealth',
      'safetyAlerts referrals',
    ]
      .join(' ')
      .split(' ')
      .map((name) => `${name} { conflicts { kind text participants entries } }`)
      .join(' '),
  ),
  'contradictions of a page, and of filtered lists': {
    document: `query Pages($after: String, $codes: [String!]) { patient(nhsNumber: "p1") {
      a: medications(first: 1) { conflicts { kind participants entries text } }
      b: medications(after: $after) { conflicts { kind participants entries text } nodes { id } }
      c: medications(codes: $codes) { conflicts { kind participants entries text } }
      d: medications(status: [ACTIVE, ENTERED_IN_ERROR]) { nodes { id } conflicts { kind entries text } }
      e: allergies(status: INACTIVE) { conflicts { kind entries text } } } }`,
    variables: { codes: ['nel-medications-0 code code'] },
  },
  'contradictions under other names, in fragments and left out': {
    document: `query Maybe($no: Boolean!) { patient(nhsNumber: "p1") {
      x: diagnoses { ...C a: conflicts { k: kind __typename } } allergies { conflicts @include(if: $no) { kind } status }
      procedures @skip(if: $no) { conflicts { ...K } conflicts { entries } } } }
      fragment C on DiagnosisConnection { conflicts { ...K e: entries } }
      fragment K on Conflict { text participants }`,
    variables: { no: false },
  },
  'a timeline of everything': patient(`timeline(first: 100) {
    __typename isComplete missingSources sections
    nodes { __typename id time code { display } provenance { participant recordedAt } possibleDuplicateOf }
    edges { __typename cursor node { id } } pageInfo { __typename endCursor hasNextPage } }`),
  'a timeline whose entries differ by their type': patient(`timeline(first: 20) { nodes {
    ... on TestResult { s: status v: value { text } provenance { author } }
    ... on Allergy { t: status __typename possibleDuplicateOf }
    ... on CareItem { time ... on Medication { u: status } ... on Allergy { id } } ... { l: likeness }
    } edges { node { ... on Document { title } } } }`),
  'a timeline of which nothing, or nearly nothing, is selected': patient(`
    a: timeline { sections } b: timeline(first: 2) { pageInfo { endCursor } } c: timeline { isComplete }
    d: timeline(first: 3) { edges { cursor } } e: timeline(first: 3) { nodes { ... on Document { id } } }
    f: timeline(first: 3) { edges { node { ... on Document { id } } } } g: timeline { __typename }`),
  'timelines of some sections': {
    document: `query Some($some: [TimelineSection!], $one: TimelineSection = CARE_PLANS, $none: [TimelineSection!], $first: Int, $after: String) {
      patient(nhsNumber: "p1") {
        a: timeline(sections: [ALLERGIES, MEDICATIONS]) { ...T }
        b: timeline(sections: TEST_RESULTS, first: $first, after: $after) { ...T }
        c: timeline(sections: $some) { ...T }
        d: timeline(sections: [$one, SAFETY_ALERTS]) { ...T }
        e: timeline(sections: $none, since: "2024-05-02T09:00:00.000Z") { ...T } } }
      fragment T on Timeline { sections ...E pageInfo { ...P } nodes { ...N } }
      fragment E on Timeline { isComplete edges { ...G } } fragment G on TimelineEdge { cursor node { ...N } }
      fragment P on PageInfo { endCursor } fragment N on CareItem { __typename ...I ... on CarePlan { title } }
      fragment I on CareItem { id }`,
    variables: { some: ['REFERRALS', 'ALLERGIES', 'REFERRALS'], first: 2 },
  },
  'a timeline beside sections, under conditions': {
    document: `query Maybe($no: Boolean!, $yes: Boolean!, $some: [TimelineSection!]) { patient(nhsNumber: "p1") {
      timeline(sections: $some) @include(if: $yes) { nodes { id @skip(if: $no) ... on Allergy @include(if: $no) { time } } }
      left: timeline(sections: $some) @include(if: $no) { isComplete }
      allergies { nodes { id } } ...F testResults(first: 50) { nodes { id } } } }
      fragment F on Patient { timeline(sections: $some) @include(if: $yes) { sections
        nodes { ... @include(if: $yes) { time } } } nhsNumber }`,
    variables: { no: false, yes: true, some: ['ALLERGIES', 'DOCUMENTS'] },
  },
  'only whether a section is complete': patient('socialCare { isComplete }'),
  'only the type of a section': patient('socialCare { __typename }'),
  'only whether there is more': patient('testResults(first: 2) { pageInfo { hasNextPage } }'),
  'only the last cursor': patient('testResults(first: 2) { pageInfo { endCursor } }'),
  'only cursors': patient('testResults { edges { cursor } }'),
  'edges without cursors': patient('testResults { edges { node { id } } }'),
  'statements that there is none': patient('allergies { statedNoneKnown { participant author } }'),
  'statements under two names': patient(
    'procedures { a: statedNoneKnown { author } b: statedNoneKnown { participant recordedAt } }',
  ),
  'provenance under two names': patient(
    'testResults { nodes { a: provenance { author } id b: provenance { participant recordedAt } } }',
  ),
  'when entries were recorded, under other names': patient(
    'testResults { nodes { id a: provenance { b: recordedAt author } } }',
  ),
  'when entries were recorded, in edges': patient(
    'testResults { edges { n: node { id provenance { author } p: provenance { recordedAt } } } }',
  ),
  'possible duplicates under two names': patient(
    'testResults { nodes { a: possibleDuplicateOf b: possibleDuplicateOf } }',
  ),
  'possible duplicates in edges only': patient(
    'testResults { nodes { likeness } edges { node { twins: possibleDuplicateOf } } }',
  ),
  'possible duplicates of one page': patient(
    'testResults(first: 3) { nodes { possibleDuplicateOf } }',
  ),
  'nodes twice under different names': patient(
    'testResults { a: nodes { id } b: nodes { provenance { participant } time } }',
  ),
  'edges twice under different names': patient(
    'testResults { a: edges { cursor } b: edges { c: cursor n: node { id } m: node { time } } }',
  ),
  'nodes selected in two parts': patient(
    'testResults { nodes { id } pageInfo { endCursor } nodes { time provenance { author } } }',
  ),
  'edges selected in two parts': patient(
    'testResults { edges { node { id } } edges { cursor node { possibleDuplicateOf time } } }',
  ),
  'a section selected in two parts': patient(
    'testResults(first: 4) { nodes { id } } allergies { status } testResults(first: 4) { nodes { time } }',
  ),
  'the same section twice with different arguments': patient(
    `short: testResults(first: 1) { nodes { id } pageInfo { hasNextPage } }
     testResults { nodes { id } }
     long: testResults(first: 9) { nodes { id } }`,
  ),
  'a section under the name of another': patient(
    'allergies: medications { nodes { id } } medications: allergies { nodes { id } }',
  ),
  'a section under the name of a field of the record': patient(
    'asOf: allergies { status } records: medications { nodes { id } } name: diagnoses { status }',
  ),
  'several patients': `{
    a: patient(nhsNumber: "p1") { testResults(first: 2) { nodes { id } } sources { outcome } }
    b: patient(nhsNumber: "p2") { testResults(first: 3) { nodes { id } } nhsNumber }
    c: patient(nhsNumber: "p1") { nhsNumber } }`,
  'a list of patients':
    '{ patients { nhsNumber allergies { nodes { id } } sources { outcome asOf } } }',
  'patients among other things that were found': `{ found {
    __typename ... on Patient { allergies { nodes { id } } nhsNumber } ... on Organisation { name } } }`,
  'found things whose type the client does not ask for':
    '{ found { ... on Organisation { odsCode } ... on Patient { sources { outcome } testResults { isComplete } } } }',
  'the types at every level': `{ __typename patient(nhsNumber: "p1") { __typename
    allergies { __typename nodes { __typename code { __typename } provenance { __typename } } }
    sources { __typename participant { __typename code } } } }`,
  'types under other names': `{ q: __typename patient(nhsNumber: "p1") { p: __typename
    allergies { c: __typename edges { e: __typename node { n: __typename } } pageInfo { i: __typename } }
    sources { s: __typename } } }`,
  sources: patient('sources { participant { code name kind } outcome asOf latencyMs }'),
  'sources under two names and in another order': patient(
    'a: sources { latencyMs outcome participant { kind code } } b: sources { o: outcome p: participant { c: code } }',
  ),
  'sources through a fragment': `{ patient(nhsNumber: "p1") { sources { ...S } } }
    fragment S on Source { outcome participant { ...P } } fragment P on SourceParticipant { code }`,
  'a named fragment on the patient': `{ patient(nhsNumber: "p1") { nhsNumber ...F birthDate } }
    fragment F on Patient { allergies { nodes { id } } name { text } }`,
  'fragments that hold parts of one section': `{ patient(nhsNumber: "p1") { ...A testResults(first: 3) { nodes { time } } ...B } }
    fragment A on Patient { testResults(first: 3) { nodes { id } } }
    fragment B on Patient { testResults(first: 3) { pageInfo { endCursor } nodes { code { code } } } }`,
  'nested fragments': `{ patient(nhsNumber: "p1") { ...A } }
    fragment A on Patient { ...B medications { ...M } }
    fragment B on Patient { allergies { ...C } }
    fragment C on AllergyConnection { status nodes { ...D } ...E }
    fragment D on Allergy { id ...I }
    fragment I on CareItem { provenance { ...V } possibleDuplicateOf }
    fragment V on Provenance { participant author }
    fragment E on AllergyConnection { edges { ...G } pageInfo { ...H } }
    fragment G on AllergyEdge { cursor node { ...D time } }
    fragment H on PageInfo { hasNextPage endCursor }
    fragment M on MedicationConnection { nodes { ...I } isComplete }`,
  'inline fragments at every level': patient(`... on Patient { ... { testResults {
    ... on TestResultConnection { nodes { ... on TestResult { id } ... on CareItem { time provenance { author } } }
    edges { ... on TestResultEdge { cursor ... { node { id } } } } ... { status } } } } }`),
  'a fragment on the query': `{ ...Q }
    fragment Q on Query { patient(nhsNumber: "p1") { allergies { status } ...P } }
    fragment P on Patient { medications { nodes { id } } }`,
  'a fragment used in two patients': `{ a: patient(nhsNumber: "p1") { ...F } b: patient(nhsNumber: "p2") { ...F } }
    fragment F on Patient { testResults(first: 2) { nodes { id } pageInfo { endCursor } } }`,
  'a fragment used for merged entries and by source': `{ patient(nhsNumber: "p1") {
      testResults(first: 5) { ...R } records { testResults(first: 5) { ...R } } } }
    fragment R on TestResultConnection { nodes { id provenance { author } } isComplete }`,
  'the records by source': patient('records { __typename nhsNumber asOf }'),
  'the records by source beside the merged record': patient(`
    records { __typename asOf allergies { nodes { id } pageInfo { hasNextPage } } }
    allergies { nodes { id } } mine: records { nhsNumber }`),
  'the records by source through fragments on their types': `{ patient(nhsNumber: "p1") {
      records { ...N ... on SwlRecord { urgentCarePlan diagnoses(first: 1) { nodes { id } } } ... on SelRecord { asOf } }
      diagnoses { nodes { id } } } }
    fragment N on NelRecord { nhsNumber medications { status } }`,
  'a demographic part of a record': patient(
    'records { demographics { birthDate } } allergies { status }',
  ),
  'variables for paging': {
    document: `query Page($id: ID!, $n: Int, $from: String) { patient(nhsNumber: $id) {
      testResults(first: $n, after: $from) { nodes { id } pageInfo { hasNextPage } } } }`,
    variables: { id: 'p1', n: 2, from: null },
  },
  'variables for paging left out': {
    document: `query Page($n: Int, $from: String) { patient(nhsNumber: "p1") {
      testResults(first: $n, after: $from) { nodes { id } } } }`,
  },
  'variables with defaults': {
    document: `query Page($n: Int = 3, $hide: Boolean = true, $show: Boolean! = false) {
      patient(nhsNumber: "p1") { testResults(first: $n) { nodes { id } status @skip(if: $hide) }
      allergies @include(if: $show) { status } } }`,
  },
  'first given as null': patient(
    'testResults(first: null) { nodes { id } } allergies(first: null) { nodes { id } }',
  ),
  'a whole list cut short on request': patient(
    'allergies(first: 1) { nodes { id } pageInfo { hasNextPage } }',
  ),
  'other arguments': {
    document: `query Codes($codes: [String!]) { patient(nhsNumber: "p1") {
      a: testResults(codes: $codes) { nodes { id } }
      b: testResults(first: 4, codes: ["nel-testResults-1 code code"]) { nodes { id } } } }`,
    variables: { codes: ['nel-testResults-0 code code', 'swl-testResults-1 code code'] },
  },
  'a section left out': {
    document: `query Maybe($yes: Boolean!, $no: Boolean!) { patient(nhsNumber: "p1") {
      allergies @include(if: $no) { status } medications @skip(if: $no) { status }
      diagnoses @include(if: $yes) @skip(if: $yes) { status } procedures @include(if: $yes) { status } } }`,
    variables: { yes: true, no: false },
  },
  'all sections left out': patient(
    'nhsNumber allergies @include(if: false) { status } medications @skip(if: true) { status }',
  ),
  'a fragment left out': {
    document: `query Maybe($no: Boolean!) { patient(nhsNumber: "p1") { ...A @include(if: $no) ...B nhsNumber
      ... @skip(if: $no) { procedures { nodes { id } } } } }
      fragment A on Patient { testResults { nodes { time } } allergies { status } }
      fragment B on Patient { testResults { nodes { id } } }`,
    variables: { no: false },
  },
  'parts of a section left out': {
    document: `query Maybe($yes: Boolean!, $no: Boolean!) { patient(nhsNumber: "p1") { testResults {
      nodes @include(if: $no) { id } edges @skip(if: $no) { cursor @include(if: $no) node { id @skip(if: $yes) time } }
      pageInfo @include(if: $yes) { endCursor @skip(if: $yes) hasNextPage } status @skip(if: $yes) isComplete } } }`,
    variables: { yes: true, no: false },
  },
  'provenance left out': {
    document: `query Maybe($no: Boolean!) { patient(nhsNumber: "p1") { testResults { nodes {
      id provenance @include(if: $no) { author } possibleDuplicateOf @include(if: $no) time } } } }`,
    variables: { no: false },
  },
  'sources left out': {
    document: `query Maybe($no: Boolean!) { patient(nhsNumber: "p1") { nhsNumber sources @include(if: $no) { outcome } } }`,
    variables: { no: false },
  },
  'an order that depends on what is left out': {
    document: `query Maybe($no: Boolean!) { patient(nhsNumber: "p1") {
      allergies @include(if: $no) { status isComplete } nhsNumber medications { status } allergies { isComplete status } } }`,
    variables: { no: false },
  },
  'one of several operations': {
    document: `query A { patient(nhsNumber: "p1") { ...X } }
      query B($n: Int) { patient(nhsNumber: "p2") { testResults(first: $n) { ...Y } } }
      fragment X on Patient { allergies { status } }
      fragment Y on TestResultConnection { nodes { id } }`,
    operationName: 'B',
    variables: { n: 2 },
  },
  'left-over fragments and variables': {
    document: `query A($unused: Int, $n: Int) { patient(nhsNumber: "p1") { testResults(first: $n) { nodes { id } } } }
      fragment Unused on Patient { medications { nodes { id } } }`,
    variables: { unused: 3, n: 1 },
  },
  'the schema beside a patient': `{ __type(name: "Patient") { fields { name } }
    patient(nhsNumber: "p1") { allergies { status } } __schema { queryType { name } } }`,
  'only the schema': {
    document: `query Types($old: Boolean!) { ...Q }
      fragment Q on Query { __schema { types { ...T } } }
      fragment T on __Type { name fields(includeDeprecated: $old) { name } }`,
    variables: { old: true },
  },
}
