export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * A date or a moment in ISO 8601, as precise as the source recorded it: `2019`, `2019-03`,
   * `2019-03-04` or `2019-03-04T09:30:00+01:00`. Days, months and years are those of London (Europe/London): as
   * an argument, each means its beginning there, and what is dated less precisely than asked is in.
   */
  DateTime: { input: string; output: string; }
};

/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecord = {
  /** The NHS number under which this source holds the patient: ten digits, no spaces. */
  readonly nhsNumber: Scalars['ID']['output'];
  /**
   * The one system of this source whose record it is, by a name of no further meaning, where its systems
   * may have different people under the number. Null for the record of the source as a whole: the usual case.
   */
  readonly server: Maybe<Scalars['ID']['output']>;
  /** When anything in this source's record of the patient last changed. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** Who the patient is, as this source recorded it. The gateway compares it with its index. */
  readonly demographics: Maybe<Demographics>;
  /**
   * Allergies and intolerances, the whole list unless `first` is given: a list cut short would be
   * read as complete. Absence is told apart: see `status` and `statedNoneKnown`.
   */
  readonly allergies: Maybe<AllergyConnection>;
  /** Medicines: what the patient is said to take, and what was prescribed. */
  readonly medications: Maybe<MedicationConnection>;
  /** Vaccinations given, and those recorded as not given. */
  readonly immunisations: Maybe<ImmunisationConnection>;
  /** Problems and diagnoses. */
  readonly diagnoses: Maybe<DiagnosisConnection>;
  /** Laboratory results, and the reports that gather them. */
  readonly testResults: Maybe<TestResultConnection>;
  /** Radiology reports and imaging studies. */
  readonly imagingReports: Maybe<ImagingReportConnection>;
  /** Vital signs and other measurements and findings that no laboratory made. */
  readonly observations: Maybe<ObservationConnection>;
  /** Operations and other procedures. */
  readonly procedures: Maybe<ProcedureConnection>;
  /** Appointments, past and to come. */
  readonly appointments: Maybe<AppointmentConnection>;
  /** Emergency attendances, clinics attended, admissions and discharges. */
  readonly encounters: Maybe<EncounterConnection>;
  /** Letters, discharge summaries and other documents. */
  readonly documents: Maybe<DocumentConnection>;
  /** Care plans, with their goals and activities. */
  readonly carePlans: Maybe<CarePlanConnection>;
  /** Social care: involvement of a council or care team, its tasks, and equipment provided. */
  readonly socialCare: Maybe<SocialCareConnection>;
  /** Mental health: episodes under a service, legal status, and where the crisis plan is. */
  readonly mentalHealth: Maybe<MentalHealthConnection>;
  /**
   * Alerts on the safety of the patient or of staff, the whole list unless `first` is given: a list
   * cut short would be read as complete.
   */
  readonly safetyAlerts: Maybe<SafetyAlertConnection>;
  /** Referrals and other requests for a service. */
  readonly referrals: Maybe<ReferralConnection>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordAllergiesArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<AllergyStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordMedicationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<MedicationStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordImmunisationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<ImmunisationStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordDiagnosesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<DiagnosisStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordTestResultsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<ResultStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordImagingReportsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<ResultStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordObservationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<ResultStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordProceduresArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<ProcedureStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordAppointmentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<AppointmentStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordEncountersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<EncounterStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordDocumentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<DocumentStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordCarePlansArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<CarePlanStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordSocialCareArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<SocialCareStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordMentalHealthArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<MentalHealthStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordSafetyAlertsArgs = {
  first: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<SafetyAlertStatus>>;
};


/**
 * What one participant knows about one patient. Each contributing participant has its own type that
 * implements this interface (`NelRecord`, `SelRecord`, …), and may offer further fields on it.
 *
 * Of a sensitive (S-flagged) patient every entry comes without what would give a location away (places,
 * staff, practices, councils, files), unless the reader's role holds activity B1611.
 *
 * A section is null when this source did not answer or the reader may not see it; the answer's errors
 * say which. Every section is ordered newest first.
 */
export type CareRecordReferralsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  since: InputMaybe<Scalars['DateTime']['input']>;
  until: InputMaybe<Scalars['DateTime']['input']>;
  codes: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  status: InputMaybe<ReadonlyArray<ReferralStatus>>;
};

/** Who takes part in the London Care Record: a regional exchange of many organisations, or a trust. */
export type Participant = {
  /** The participant's short code, such as `nel`. */
  readonly code: Scalars['ID']['output'];
  /** The participant's name. */
  readonly name: Scalars['String']['output'];
  /** Whether this is a regional exchange or a single trust. */
  readonly kind: ParticipantKind;
  /** What it takes part in: viewing, contributing, or both. */
  readonly participation: Participation;
  /** The sections that it shares of everybody of whom it holds a record; of no other section anything may be concluded. */
  readonly shares: ReadonlyArray<SharedSection>;
  /** The organisations that belong to it; null when it did not answer. */
  readonly organisations: Maybe<ReadonlyArray<Organisation>>;
  /** Where a patient complains: the Patient Advice and Liaison Service (PALS) or complaints department. */
  readonly complaints: Maybe<ContactDetails>;
  /** Where a patient asks for copies of the record (subject access). */
  readonly subjectAccess: Maybe<ContactDetails>;
  /** The state of its service now; null when it did not answer. */
  readonly service: Maybe<ServiceState>;
};

/** A section that a participant shares. */
export type SharedSection = {
  /** The section, by its field in the record: `testResults`. */
  readonly section: Scalars['String']['output'];
  /** The day from which its records are shared; null where all are. */
  readonly from: Maybe<Scalars['DateTime']['output']>;
  /** How soon a change is seen. */
  readonly timeliness: Timeliness;
};

/** How soon what a participant records is seen here. */
export type Timeliness =
  /** As it is recorded, or within minutes. */
  | 'LIVE'
  /** On the next day: it comes over night. */
  | 'NIGHTLY';

/** What sort of participant this is. */
export type ParticipantKind =
  /** A regional health information exchange. */
  | 'REGIONAL_HIE'
  /** A single NHS trust. */
  | 'TRUST';

/** What a participant takes part in. */
export type Participation =
  /** Its staff view, and its records are seen by others. */
  | 'FULL'
  /** Its staff view; it publishes no patient record. */
  | 'VIEW_ONLY'
  /** Its records are seen by others; its own staff may not view. */
  | 'CONTRIBUTE_ONLY';

/** An organisation that provides or commissions care. */
export type Organisation = {
  /** Its code in the Organisation Data Service; null where the source gave none. */
  readonly odsCode: Maybe<Scalars['ID']['output']>;
  /** Its name. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** What sort of organisation it is, where known. */
  readonly kind: Maybe<OrganisationKind>;
};

/** What sort of organisation this is. */
export type OrganisationKind =
  /** A hospital trust. */
  | 'ACUTE_TRUST'
  /** A mental health trust. */
  | 'MENTAL_HEALTH_TRUST'
  /** A community services trust. */
  | 'COMMUNITY_TRUST'
  /** A general practice. */
  | 'GP_PRACTICE'
  /** NHS 111, out-of-hours or urgent care. */
  | 'URGENT_CARE'
  /** A council or provider of social care. */
  | 'SOCIAL_CARE'
  /** An integrated care board or other commissioner. */
  | 'COMMISSIONER';

/** How to reach a department. */
export type ContactDetails = {
  /** The department's name. */
  readonly name: Scalars['String']['output'];
  /** Telephone, in national format. */
  readonly telephone: Maybe<Scalars['String']['output']>;
  /** E-mail address. */
  readonly email: Maybe<Scalars['String']['output']>;
  /** Web page. */
  readonly url: Maybe<Scalars['String']['output']>;
};

/** The state of a participant's service. */
export type ServiceState = {
  /** Whether it can answer about patients now. */
  readonly status: ServiceStatus;
  /** When its data last changed. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** How many patients it holds a record of. */
  readonly patients: Maybe<Scalars['Int']['output']>;
  /** How many entries its records hold. */
  readonly items: Maybe<Scalars['Int']['output']>;
  /** Whether the gateway asks it at present. Null to whoever asks the participant itself. */
  readonly circuit: Maybe<CircuitState>;
  /** Since when that is so; null when it has never been otherwise since the gateway's start. */
  readonly circuitSince: Maybe<Scalars['DateTime']['output']>;
};

/** Whether a participant that fails is still asked. */
export type CircuitState =
  /** It is asked. */
  | 'CLOSED'
  /** It failed again and again: it is not asked for some seconds, and answers say NOT_ASKED. */
  | 'OPEN'
  /** It is being tried by a single request. */
  | 'HALF_OPEN';

/** Whether a participant can answer. */
export type ServiceStatus =
  /** It answers. */
  | 'UP'
  /** It does not answer at present. */
  | 'DOWN';

/** Who a patient is, as one source recorded it. */
export type Demographics = {
  /** The name in use: usual, else official; one with a family name before one without. */
  readonly name: Maybe<HumanName>;
  /** Other names in use now, such as the official one beside the usual one. */
  readonly otherNames: Maybe<ReadonlyArray<HumanName>>;
  /**
   * Names no longer in use: maiden and old ones, and those whose time has ended. Never to be shown as present.
   * Names of other given names than now are not shown.
   */
  readonly formerNames: Maybe<ReadonlyArray<HumanName>>;
  /** Date of birth. */
  readonly birthDate: Maybe<Scalars['DateTime']['output']>;
  /** Administrative gender. */
  readonly gender: Maybe<Gender>;
  /** When the patient died, where that is recorded. */
  readonly deceasedAt: Maybe<Scalars['DateTime']['output']>;
  /** Whether the patient is recorded as dead; null where nothing is recorded. */
  readonly isDeceased: Maybe<Scalars['Boolean']['output']>;
  /** Present addresses, home first. Empty for a sensitive patient unless the reader's role holds activity B1611. */
  readonly addresses: Maybe<ReadonlyArray<Address>>;
  /** Telephone numbers and e-mail addresses. Empty for a sensitive patient unless the reader's role holds activity B1611. */
  readonly telecom: Maybe<ReadonlyArray<ContactPoint>>;
  /**
   * The general practice where the patient is registered. Null for a sensitive patient unless the
   * reader's role holds activity B1611.
   */
  readonly generalPractice: Maybe<Organisation>;
  /** The language the patient prefers to use. */
  readonly language: Maybe<Concept>;
  /**
   * Next of kin and other people to contact; of a sensitive patient without telecom unless the
   * reader's role holds activity B1611.
   */
  readonly contacts: Maybe<ReadonlyArray<PatientContact>>;
};

/** Administrative gender, as in FHIR. */
export type Gender =
  /** Male. */
  | 'MALE'
  /** Female. */
  | 'FEMALE'
  /** Other. */
  | 'OTHER'
  /** Not known. */
  | 'UNKNOWN';

/** A person's name. */
export type HumanName = {
  /** The whole name, as it is written. */
  readonly text: Scalars['String']['output'];
  /** Title. */
  readonly prefix: ReadonlyArray<Scalars['String']['output']>;
  /** First and middle names. */
  readonly given: ReadonlyArray<Scalars['String']['output']>;
  /** Family name. */
  readonly family: Maybe<Scalars['String']['output']>;
  /** What the name is used for: usual, official, nickname, old, maiden. */
  readonly use: Maybe<Scalars['String']['output']>;
};

/** A postal address. */
export type Address = {
  /** The whole address on one line. */
  readonly text: Scalars['String']['output'];
  /** Lines before the town. */
  readonly lines: ReadonlyArray<Scalars['String']['output']>;
  /** Town or city. */
  readonly city: Maybe<Scalars['String']['output']>;
  /** County. */
  readonly district: Maybe<Scalars['String']['output']>;
  /** Postcode. */
  readonly postcode: Maybe<Scalars['String']['output']>;
  /** What the address is used for: home, work, temp. */
  readonly use: Maybe<Scalars['String']['output']>;
};

/** A telephone number or e-mail address. */
export type ContactPoint = {
  /** What it is: phone, email, sms, other. */
  readonly system: Maybe<Scalars['String']['output']>;
  /** The number or address. */
  readonly value: Scalars['String']['output'];
  /** What it is used for: home, work, mobile. */
  readonly use: Maybe<Scalars['String']['output']>;
};

/** A person to contact about the patient. */
export type PatientContact = {
  /** The person's name. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** How the person is related to the patient. */
  readonly relationship: Maybe<Concept>;
  /** How to reach the person. */
  readonly telecom: ReadonlyArray<ContactPoint>;
};

/** What a thing is called, in words and in codes. */
export type Concept = {
  /** The words to show: the source's own text, else a coding's display, else a code. */
  readonly display: Maybe<Scalars['String']['output']>;
  /** The preferred coding's code: SNOMED CT where there is one, else the first. */
  readonly code: Maybe<Scalars['String']['output']>;
  /** The preferred coding's system. */
  readonly system: Maybe<Scalars['String']['output']>;
  /** The source's own words, where it gave any. */
  readonly text: Maybe<Scalars['String']['output']>;
  /** All codings, in the source's order. */
  readonly codings: ReadonlyArray<Coding>;
};

/** A code in a code system. */
export type Coding = {
  /** The code system's URI, such as `http://snomed.info/sct`. */
  readonly system: Maybe<Scalars['String']['output']>;
  /** The code. */
  readonly code: Maybe<Scalars['String']['output']>;
  /** The code's name in that system. */
  readonly display: Maybe<Scalars['String']['output']>;
};

/** A measured amount. */
export type Quantity = {
  /** The number, to reckon with. */
  readonly value: Maybe<Scalars['Float']['output']>;
  /** The number's digits as the source wrote them, to show: `5.0` where `value` is 5. */
  readonly writtenValue: Maybe<Scalars['String']['output']>;
  /** How the number is meant, where it is not exact: <, <=, >=, >. */
  readonly comparator: Maybe<Scalars['String']['output']>;
  /** The unit, as written. */
  readonly unit: Maybe<Scalars['String']['output']>;
  /** The unit's code, in UCUM where `system` says so. */
  readonly code: Maybe<Scalars['String']['output']>;
  /** The unit's code system. */
  readonly system: Maybe<Scalars['String']['output']>;
};

/**
 * What was found: a number with its unit, a coded finding, words, or a combination. All parts null
 * means that no value was given; `absentReason` then says why where the source did.
 */
export type ResultValue = {
  /** The number, where the result is one, to reckon with. */
  readonly value: Maybe<Scalars['Float']['output']>;
  /** The number's digits as the source wrote them, to show: `5.0` where `value` is 5. */
  readonly writtenValue: Maybe<Scalars['String']['output']>;
  /** How the number is meant, where it is not exact: <, <=, >=, >. */
  readonly comparator: Maybe<Scalars['String']['output']>;
  /** The unit, as written. */
  readonly unit: Maybe<Scalars['String']['output']>;
  /** The unit's UCUM code. */
  readonly unitCode: Maybe<Scalars['String']['output']>;
  /** The result in words: always given where there is a result, `5.4 mmol/L` included. */
  readonly text: Maybe<Scalars['String']['output']>;
  /** The coded finding, where the result is one. */
  readonly concept: Maybe<Concept>;
  /** Why there is no value. */
  readonly absentReason: Maybe<Concept>;
};

/** The range that a result is compared with. */
export type ReferenceRange = {
  /** Lower bound. */
  readonly low: Maybe<Quantity>;
  /** Upper bound. */
  readonly high: Maybe<Quantity>;
  /** The range in words. */
  readonly text: Maybe<Scalars['String']['output']>;
  /** What sort of range it is: normal, therapeutic, a trough or a peak; null where the source does not say. */
  readonly type: Maybe<Concept>;
  /** Whom it is for, where not for everybody: pregnant women, one sex. */
  readonly appliesTo: ReadonlyArray<Concept>;
  /** The age that it is for, in words: `from 18 a`; null for any. */
  readonly age: Maybe<Scalars['String']['output']>;
};

/** A stretch of time; an open end is null. */
export type Period = {
  /** Beginning. */
  readonly start: Maybe<Scalars['DateTime']['output']>;
  /** End. */
  readonly end: Maybe<Scalars['DateTime']['output']>;
};

/** A business identifier: the same system and value means the same thing wherever it is recorded. */
export type Identifier = {
  /** Who gives out the value: a URI. */
  readonly system: Maybe<Scalars['String']['output']>;
  /** The value, unique in the system. */
  readonly value: Maybe<Scalars['String']['output']>;
};

/** Where an entry comes from. */
export type Provenance = {
  /** The code of the participant that holds it, such as `nel`. */
  readonly participant: Scalars['ID']['output'];
  /** The organisation that recorded it, where the source says so. */
  readonly organisation: Maybe<Organisation>;
  /** Who recorded it: a name, with the job where known. */
  readonly author: Maybe<Scalars['String']['output']>;
  /** When it was recorded. */
  readonly recordedAt: Maybe<Scalars['DateTime']['output']>;
};

/** Where a list continues. */
export type PageInfo = {
  /** The cursor of the last entry here; null in an empty list. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there are entries after the last one here. */
  readonly hasNextPage: Scalars['Boolean']['output'];
};

/**
 * What a section says as a whole. Silence and absence differ: nothing recorded is not the same as
 * known to be none, and neither is said while a source is missing.
 */
export type SectionStatus =
  /** There are entries. */
  | 'HAS_ENTRIES'
  /** A source states that the patient has none, and no source has an entry. See `statedNoneKnown`. */
  | 'NONE_KNOWN'
  /** Every source answered, and none has an entry or a statement. */
  | 'NOTHING_RECORDED'
  /**
   * There are no entries here, and a source that holds a record shares this section of nobody: nothing may be concluded. See
   * `notShared`.
   */
  | 'NOT_SHARED'
  /** There are no entries here, but a source is missing: nothing may be concluded. */
  | 'UNKNOWN';

/**
 * A contradiction between sources. The record does not settle it: both sides stay in the list, an entry
 * with one identifier as the source that recorded it last has it.
 */
export type Conflict = {
  /** What sort of contradiction it is. */
  readonly kind: ConflictKind;
  /** The contradiction in words, to be shown to the reader. */
  readonly text: Scalars['String']['output'];
  /** The codes of the participants that contradict each other. */
  readonly participants: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The ids of the entries that it is about: of those in this list the ids that they have in it, of one recorded by
   * mistake, which is in no list, the one that its source gave. Empty where the entries are not in this answer.
   */
  readonly entries: ReadonlyArray<Scalars['ID']['output']>;
};

/** What sort of contradiction between sources this is. */
export type ConflictKind =
  /**
   * One source states that the patient has none, or none of one sort, another has entries in force. Entries that are over,
   * stopped or refuted contradict nothing. An entry that is not in this answer may be one of these: then
   * the text says that not all of them are shown.
   */
  | 'NONE_KNOWN_BUT_RECORDED'
  /**
   * Sources record one business identifier in different states: active here, stopped, refuted or recorded
   * by mistake there.
   */
  | 'STATES_DIFFER'
  /**
   * Sources record different things under one business identifier: another code, value or dose. Each stays an entry of
   * its own, and points at the other (`possibleDuplicateOf`).
   */
  | 'RECORDED_DIFFERENTLY'
  /**
   * One source confirms an allergy that is in force, another has refuted one to the same substance or knows
   * of no risk from it.
   */
  | 'CONFIRMED_AND_REFUTED';

/** A file that belongs to a document. */
export type Attachment = {
  /** Its title. */
  readonly title: Maybe<Scalars['String']['output']>;
  /** Its media type, such as `application/pdf`. */
  readonly contentType: Maybe<Scalars['String']['output']>;
  /** Its size in bytes. */
  readonly sizeBytes: Maybe<Scalars['Int']['output']>;
  /** When it was made. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The words, where it is plain text or HTML. */
  readonly text: Maybe<Scalars['String']['output']>;
  /** The bytes in base64, where they are here. */
  readonly data: Maybe<Scalars['String']['output']>;
  /** Whether its bytes are here, and if not, why. */
  readonly availability: FileAvailability;
};

/** Whether the bytes of a file are here. */
export type FileAvailability =
  /** They are here. Those of a sensitive patient's file are still withheld from who may not know the patient's location. */
  | 'HERE'
  /** The source says where they are, which is not with it: ask there. No address is told, and none is followed. */
  | 'ELSEWHERE'
  /** They are not those that the source describes: their digest is another, or they are no base64. */
  | 'DAMAGED'
  /** The source describes a file and gives neither its bytes nor a place. */
  | 'NOT_GIVEN';

/** What every entry of every section has. */
export type CareItem = {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** What the entry is, in the section's sense. */
  readonly code: Maybe<Concept>;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50; null where the reader may not see them. */
  readonly possibleDuplicateOf: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes; null where the reader may not see them. */
  readonly notes: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** An allergy or intolerance. */
export type Allergy = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The allergy or intolerance; the same as `substance` in most sources. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: AllergyStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** What the patient reacts to; where `isDenial`, what the patient is not known to react to. */
  readonly substance: Maybe<Concept>;
  /** Whether it says that no allergy is known: none of one sort, or none to the substance. */
  readonly isDenial: Maybe<Scalars['Boolean']['output']>;
  /** How sure it is. */
  readonly verificationStatus: AllergyVerificationStatus;
  /** Whether it is an allergy or an intolerance. */
  readonly type: Maybe<AllergyType>;
  /** The sort of substance. */
  readonly categories: ReadonlyArray<AllergyCategory>;
  /** How dangerous a further exposure could be. */
  readonly criticality: Maybe<AllergyCriticality>;
  /** When it began. */
  readonly onset: Maybe<Scalars['DateTime']['output']>;
  /** When it began, in words. */
  readonly onsetText: Maybe<Scalars['String']['output']>;
  /** When the patient last reacted. */
  readonly lastOccurrence: Maybe<Scalars['DateTime']['output']>;
  /** The reactions seen. */
  readonly reactions: ReadonlyArray<AllergyReaction>;
  /** When it was no longer valid, where the source says so. */
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why it is no longer valid, in words. */
  readonly endReason: Maybe<Scalars['String']['output']>;
};

/** Allergies and intolerances, newest first. */
export type AllergyConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Allergy>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<AllergyEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type AllergyEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Allergy;
};

/** The state of an allergy. */
export type AllergyStatus =
  /** The patient is at risk. */
  | 'ACTIVE'
  /** No longer at risk. */
  | 'INACTIVE'
  /** Resolved by re-exposure or desensitisation. */
  | 'RESOLVED'
  /** It denies: no allergy of the sort that its code names, or to its substance, is known. Says nothing of any other. */
  | 'NO_KNOWN_RISK'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** How sure an allergy is. */
export type AllergyVerificationStatus =
  /** Suspected, not confirmed. */
  | 'UNCONFIRMED'
  /** Confirmed. */
  | 'CONFIRMED'
  /** Found not to be so. */
  | 'REFUTED'
  /** Recorded by mistake. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** Allergy or intolerance. */
export type AllergyType =
  /** Immune-mediated. */
  | 'ALLERGY'
  /** Not immune-mediated. */
  | 'INTOLERANCE';

/** The sort of substance. */
export type AllergyCategory =
  /** Food. */
  | 'FOOD'
  /** Medicine. */
  | 'MEDICATION'
  /** Pollen, dust, animals, latex and the like. */
  | 'ENVIRONMENT'
  /** Preparations from living organisms. */
  | 'BIOLOGIC';

/** How dangerous a further exposure could be. */
export type AllergyCriticality =
  /** Not life-threatening. */
  | 'LOW'
  /** May be life-threatening. */
  | 'HIGH'
  /** Cannot be told. */
  | 'UNABLE_TO_ASSESS';

/** One way the patient reacted. */
export type AllergyReaction = {
  /** What the patient reacted to, where it is more exact than the allergy. */
  readonly substance: Maybe<Concept>;
  /** The signs and symptoms. */
  readonly manifestations: ReadonlyArray<Concept>;
  /** How severe this reaction was. */
  readonly severity: Maybe<ReactionSeverity>;
  /** When it began. */
  readonly onset: Maybe<Scalars['DateTime']['output']>;
  /** The reaction in words. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** How the patient was exposed. */
  readonly exposureRoute: Maybe<Concept>;
  /** Free-text notes on this reaction. */
  readonly notes: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** How severe a reaction was. */
export type ReactionSeverity =
  /** Mild. */
  | 'MILD'
  /** Moderate. */
  | 'MODERATE'
  /** Severe. */
  | 'SEVERE';

/** A medicine: taken, prescribed or ordered, given or supplied. */
export type Medication = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The medicine. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: MedicationStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** The medicine, in dm+d where the source codes it so. */
  readonly medication: Maybe<Concept>;
  /** Whether this says what the patient takes, what was prescribed, given or supplied. */
  readonly kind: MedicationKind;
  /** Whether it forbids the medicine instead of asking for it, in whatever state it is. */
  readonly isProhibited: Maybe<Scalars['Boolean']['output']>;
  /** What a prescription is meant as: proposal, plan, order, and so on. */
  readonly intent: Maybe<Scalars['String']['output']>;
  /** Acute, repeat, repeat dispensing, delayed; of a dispensing its own type, such as a first or a partial fill. */
  readonly prescriptionType: Maybe<Concept>;
  /**
   * How to take it, step by step: in the source's words with the limits that these leave out, or in words made of all parts,
   * never of some.
   */
  readonly dosageText: Maybe<Scalars['String']['output']>;
  /** How to take it, in parts. */
  readonly dosages: ReadonlyArray<Dosage>;
  /** From when to when it is or was taken. */
  readonly period: Maybe<Period>;
  /** When it was prescribed. */
  readonly prescribedAt: Maybe<Scalars['DateTime']['output']>;
  /** How much is supplied each time; of a dispensing, how much was. */
  readonly quantity: Maybe<Quantity>;
  /** How long a supply lasts. */
  readonly supplyDuration: Maybe<Quantity>;
  /** How many repeats are allowed. */
  readonly repeats: Maybe<Scalars['Int']['output']>;
  /** Why it is given; null where the reader may not see it. */
  readonly reasons: Maybe<ReadonlyArray<Concept>>;
  /** Why it was stopped or changed. */
  readonly statusReason: Maybe<Concept>;
};

/** Medicines, newest first. */
export type MedicationConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Medication>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<MedicationEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type MedicationEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Medication;
};

/** The state of a medicine. */
export type MedicationStatus =
  /** Being taken, or to be taken. */
  | 'ACTIVE'
  /** Interrupted for now. */
  | 'ON_HOLD'
  /** The course is over. */
  | 'COMPLETED'
  /** Stopped before its end. */
  | 'STOPPED'
  /** Withdrawn before it was taken. */
  | 'CANCELLED'
  /** Planned, not begun. */
  | 'INTENDED'
  /** Not taken. */
  | 'NOT_TAKEN'
  /** Not yet valid. */
  | 'DRAFT'
  /** In force: it forbids the medicine. It must not be given. */
  | 'PROHIBITED'
  /** It forbade the medicine, and is no longer in force. */
  | 'PROHIBITION_ENDED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** What a medicine entry says. */
export type MedicationKind =
  /** What the patient takes or took. */
  | 'STATEMENT'
  /** What was prescribed or ordered. */
  | 'PRESCRIPTION'
  /** A dose that was given, or was to be: COMPLETED when it was, NOT_TAKEN when it was not. */
  | 'ADMINISTRATION'
  /** A supply: COMPLETED when it was handed over. It says nothing of whether the patient takes it. */
  | 'DISPENSE';

/** How a medicine is taken. */
export type Dosage = {
  /** In the source's own words. */
  readonly text: Maybe<Scalars['String']['output']>;
  /** Its place among the steps of the treatment: those with the same number are taken together. */
  readonly sequence: Maybe<Scalars['Int']['output']>;
  /** When, in words. */
  readonly timing: Maybe<Scalars['String']['output']>;
  /** Whether it is taken only when needed. */
  readonly asNeeded: Maybe<Scalars['Boolean']['output']>;
  /** What it is needed for. */
  readonly asNeededFor: Maybe<Concept>;
  /** How it enters the body. */
  readonly route: Maybe<Concept>;
  /** Where on the body. */
  readonly site: Maybe<Concept>;
  /** How it is administered. */
  readonly method: Maybe<Concept>;
  /** How much at a time. */
  readonly dose: Maybe<Quantity>;
  /** How much at a time, where that is a range. */
  readonly doseRange: Maybe<QuantityRange>;
  /** How fast it is given, in words: `10 mL/h`, `1 mL / 1 h`. */
  readonly rate: Maybe<Scalars['String']['output']>;
  /** How much in a stretch of time at most, in words: `4 g / 24 h`. */
  readonly maxDosePerPeriod: Maybe<Scalars['String']['output']>;
  /** How much at a time at most. */
  readonly maxDosePerAdministration: Maybe<Quantity>;
  /** How much in a lifetime at most. */
  readonly maxDosePerLifetime: Maybe<Quantity>;
  /** What is to be heeded further: with food, and the like. */
  readonly additionalInstructions: ReadonlyArray<Scalars['String']['output']>;
  /** Instructions in the patient's words. */
  readonly patientInstruction: Maybe<Scalars['String']['output']>;
};

/** An amount between two bounds, each included. */
export type QuantityRange = {
  /** Lower bound; null for an open one. */
  readonly low: Maybe<Quantity>;
  /** Upper bound; null for an open one. */
  readonly high: Maybe<Quantity>;
};

/** A vaccination, given or not. */
export type Immunisation = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The vaccine or vaccination procedure. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: ImmunisationStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** The vaccine. */
  readonly vaccine: Maybe<Concept>;
  /** When it was given. */
  readonly occurredAt: Maybe<Scalars['DateTime']['output']>;
  /** What it protects against. */
  readonly targetDiseases: ReadonlyArray<Concept>;
  /** Which dose of the course; where several courses count it differently, each number: `2; 1`. */
  readonly doseNumber: Maybe<Scalars['String']['output']>;
  /** The courses that it is a dose of, each with its own number. */
  readonly protocols: Maybe<ReadonlyArray<ImmunisationProtocol>>;
  /** Whether the dose counts as too little to protect; null where the source does not say. */
  readonly isSubpotent: Maybe<Scalars['Boolean']['output']>;
  /** Why the dose counts as too little. */
  readonly subpotentReasons: Maybe<ReadonlyArray<Concept>>;
  /** Where on the body. */
  readonly site: Maybe<Concept>;
  /** How it was given. */
  readonly route: Maybe<Concept>;
  /** How much was given. */
  readonly doseQuantity: Maybe<Quantity>;
  /** The batch. */
  readonly lotNumber: Maybe<Scalars['String']['output']>;
  /** When the batch expires. */
  readonly expiresOn: Maybe<Scalars['DateTime']['output']>;
  /** Who made it. */
  readonly manufacturer: Maybe<Scalars['String']['output']>;
  /** Why it was not given. */
  readonly notGivenReason: Maybe<Concept>;
  /** What followed it. */
  readonly reactions: ReadonlyArray<ImmunisationReaction>;
};

/** A course that a vaccination is a dose of. */
export type ImmunisationProtocol = {
  /** The course's name. */
  readonly series: Maybe<Scalars['String']['output']>;
  /** Which dose of the course it is. */
  readonly doseNumber: Maybe<Scalars['String']['output']>;
  /** How many doses the course has. */
  readonly seriesDoses: Maybe<Scalars['String']['output']>;
  /** What the course protects against. */
  readonly targetDiseases: ReadonlyArray<Concept>;
};

/** Vaccinations, newest first. */
export type ImmunisationConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Immunisation>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<ImmunisationEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** What followed a vaccination. */
export type ImmunisationReaction = {
  /** When it began. */
  readonly at: Maybe<Scalars['DateTime']['output']>;
  /** What it was. */
  readonly manifestation: Maybe<Concept>;
  /** Whether the patient reported it. */
  readonly isSelfReported: Maybe<Scalars['Boolean']['output']>;
};

/** An entry and its place in the list. */
export type ImmunisationEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Immunisation;
};

/** Whether a vaccination was given. */
export type ImmunisationStatus =
  /** Given. */
  | 'COMPLETED'
  /** Not given. */
  | 'NOT_DONE'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** A problem or diagnosis. */
export type Diagnosis = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The problem or diagnosis. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: DiagnosisStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** How sure it is. */
  readonly verificationStatus: DiagnosisVerificationStatus;
  /** Problem list entry, encounter diagnosis, and so on. */
  readonly categories: ReadonlyArray<Concept>;
  /** How severe it is. */
  readonly severity: Maybe<Concept>;
  /** Where on the body. */
  readonly bodySites: ReadonlyArray<Concept>;
  /** When it began. */
  readonly onset: Maybe<Scalars['DateTime']['output']>;
  /** When it began, in words. */
  readonly onsetText: Maybe<Scalars['String']['output']>;
  /** When it ended. */
  readonly abatement: Maybe<Scalars['DateTime']['output']>;
  /** When it ended, in words. */
  readonly abatementText: Maybe<Scalars['String']['output']>;
  /** The encounter in which it was made. */
  readonly encounterId: Maybe<Scalars['ID']['output']>;
  /** How far it has gone: a cancer's stage and the like. */
  readonly stages: ReadonlyArray<DiagnosisStage>;
};

/** Problems and diagnoses, newest first. */
export type DiagnosisConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Diagnosis>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<DiagnosisEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** How far a disease has gone. */
export type DiagnosisStage = {
  /** The stage: `T4 N2 M1b`. */
  readonly summary: Maybe<Concept>;
  /** By what it was staged: `TNM`, clinical, pathological. */
  readonly type: Maybe<Concept>;
};

/** An entry and its place in the list. */
export type DiagnosisEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Diagnosis;
};

/** The state of a problem. */
export type DiagnosisStatus =
  /** Present. */
  | 'ACTIVE'
  /** Present again. */
  | 'RECURRENCE'
  /** Relapsed. */
  | 'RELAPSE'
  /** No longer present. */
  | 'INACTIVE'
  /** In remission. */
  | 'REMISSION'
  /** Resolved. */
  | 'RESOLVED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** How sure a diagnosis is. */
export type DiagnosisVerificationStatus =
  /** Not confirmed. */
  | 'UNCONFIRMED'
  /** Provisional. */
  | 'PROVISIONAL'
  /** One of several possible. */
  | 'DIFFERENTIAL'
  /** Confirmed. */
  | 'CONFIRMED'
  /** Found not to be so. */
  | 'REFUTED'
  /** Recorded by mistake. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** A laboratory result, or the report that gathers several. */
export type TestResult = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The test or the report. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: ResultStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** Whether this is one result or a report. */
  readonly kind: TestResultKind;
  /** What was found. Null in a report that only gathers results. */
  readonly value: Maybe<ResultValue>;
  /** High, low, normal, and so on. */
  readonly interpretation: ReadonlyArray<Concept>;
  /** The ranges it is compared with. */
  readonly referenceRanges: ReadonlyArray<ReferenceRange>;
  /** Parts of the result that have values of their own. */
  readonly components: ReadonlyArray<ResultComponent>;
  /** What was examined. */
  readonly specimen: Maybe<Concept>;
  /** When the specimen was taken. */
  readonly effectiveAt: Maybe<Scalars['DateTime']['output']>;
  /** When the result was released. */
  readonly issuedAt: Maybe<Scalars['DateTime']['output']>;
  /** The laboratory’s conclusion, in words. */
  readonly conclusion: Maybe<Scalars['String']['output']>;
  /** The laboratory’s conclusion, in codes. */
  readonly conclusionCodes: ReadonlyArray<Concept>;
  /** In a report: the ids of its results, in order. */
  readonly resultIds: ReadonlyArray<Scalars['ID']['output']>;
  /** How it was done. */
  readonly method: Maybe<Concept>;
  /** Where on the body. */
  readonly bodySite: Maybe<Concept>;
  /** Files of a report as they were sent out: PDF, HTML or text. Empty for a single result. */
  readonly attachments: ReadonlyArray<Attachment>;
};

/** Laboratory results and reports, newest first. */
export type TestResultConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<TestResult>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<TestResultEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type TestResultEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: TestResult;
};

/** One result or a report of several. */
export type TestResultKind =
  /** One result. */
  | 'RESULT'
  /** A report. */
  | 'REPORT';

/** The state of a result, observation or report. */
export type ResultStatus =
  /** Known of, nothing available yet. */
  | 'REGISTERED'
  /** Incomplete or unverified. */
  | 'PARTIAL'
  /** Early; may change. */
  | 'PRELIMINARY'
  /** Complete and verified. */
  | 'FINAL'
  /** Changed after it was final. */
  | 'AMENDED'
  /** Put right after it was final. */
  | 'CORRECTED'
  /** Added to after it was final. */
  | 'APPENDED'
  /** Not done. */
  | 'CANCELLED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** A part of a result that has a value of its own, such as systolic pressure. */
export type ResultComponent = {
  /** What the part is. */
  readonly code: Maybe<Concept>;
  /** What was found. */
  readonly value: Maybe<ResultValue>;
  /** High, low, normal, and so on. */
  readonly interpretation: ReadonlyArray<Concept>;
  /** The ranges it is compared with. */
  readonly referenceRanges: ReadonlyArray<ReferenceRange>;
};

/** A radiology report or an imaging study. */
export type ImagingReport = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The examination. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: ResultStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** Whether this is a report or a study. */
  readonly kind: ImagingKind;
  /** X-ray, CT, MR, ultrasound, and so on. */
  readonly modalities: ReadonlyArray<Concept>;
  /** What was examined. */
  readonly bodySites: ReadonlyArray<Concept>;
  /** When the examination was made. */
  readonly performedAt: Maybe<Scalars['DateTime']['output']>;
  /** When the report was released. */
  readonly issuedAt: Maybe<Scalars['DateTime']['output']>;
  /** The radiologist’s conclusion, in words. */
  readonly conclusion: Maybe<Scalars['String']['output']>;
  /** The conclusion in codes. */
  readonly conclusionCodes: ReadonlyArray<Concept>;
  /** The report’s text, where the source holds it. */
  readonly reportText: Maybe<Scalars['String']['output']>;
  /** The study in words. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Why it was made. */
  readonly reasons: ReadonlyArray<Concept>;
  /** How many series the study has. */
  readonly seriesCount: Maybe<Scalars['Int']['output']>;
  /** How many images the study has. */
  readonly instanceCount: Maybe<Scalars['Int']['output']>;
  /** In a report: the ids of its studies. */
  readonly studyIds: ReadonlyArray<Scalars['ID']['output']>;
  /** Files of the report as they were sent out: PDF, HTML or text. */
  readonly attachments: ReadonlyArray<Attachment>;
};

/** Radiology reports and imaging studies, newest first. */
export type ImagingReportConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<ImagingReport>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<ImagingReportEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type ImagingReportEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: ImagingReport;
};

/** Report or study. */
export type ImagingKind =
  /** A radiologist’s report. */
  | 'REPORT'
  /** The images’ study. */
  | 'STUDY';

/** A vital sign or other measurement or finding. */
export type Observation = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** What was observed. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: ResultStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** Vital signs, social history, survey, and so on. */
  readonly categories: ReadonlyArray<Concept>;
  /** What was found. */
  readonly value: Maybe<ResultValue>;
  /** Parts with values of their own: systolic and diastolic pressure. */
  readonly components: ReadonlyArray<ResultComponent>;
  /** High, low, normal, and so on. */
  readonly interpretation: ReadonlyArray<Concept>;
  /** The ranges it is compared with. */
  readonly referenceRanges: ReadonlyArray<ReferenceRange>;
  /** When it was observed. */
  readonly effectiveAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was made available. */
  readonly issuedAt: Maybe<Scalars['DateTime']['output']>;
  /** Where on the body. */
  readonly bodySite: Maybe<Concept>;
  /** How it was done. */
  readonly method: Maybe<Concept>;
};

/** Vital signs and other observations, newest first. */
export type ObservationConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Observation>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<ObservationEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type ObservationEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Observation;
};

/** An operation or other procedure. */
export type Procedure = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The procedure. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: ProcedureStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** When it was done. */
  readonly performed: Maybe<Period>;
  /** When it was done, in words. */
  readonly performedText: Maybe<Scalars['String']['output']>;
  /** The sort of procedure. */
  readonly categories: ReadonlyArray<Concept>;
  /** Where on the body. */
  readonly bodySites: ReadonlyArray<Concept>;
  /** Who did it. */
  readonly performers: ReadonlyArray<Scalars['String']['output']>;
  /** Why it was done. */
  readonly reasons: ReadonlyArray<Concept>;
  /** How it went. */
  readonly outcome: Maybe<Concept>;
  /** Complications. */
  readonly complications: ReadonlyArray<Concept>;
  /** What is to follow. */
  readonly followUp: ReadonlyArray<Concept>;
  /** Why it was not done or not finished. */
  readonly statusReason: Maybe<Concept>;
  /** Devices that it put in, changed or took out. */
  readonly devices: ReadonlyArray<ProcedureDevice>;
  /** What else was used: instruments, materials, drugs. */
  readonly used: ReadonlyArray<Concept>;
};

/** Procedures, newest first. */
export type ProcedureConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Procedure>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<ProcedureEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** A device that a procedure put in, changed or took out. */
export type ProcedureDevice = {
  /** What was done with it: implanted, removed. */
  readonly action: Maybe<Concept>;
  /** What it is. */
  readonly device: Maybe<Concept>;
  /** Who made it. */
  readonly manufacturer: Maybe<Scalars['String']['output']>;
  /** Its model. */
  readonly model: Maybe<Scalars['String']['output']>;
  /** Its serial number. */
  readonly serialNumber: Maybe<Scalars['String']['output']>;
  /** The batch that it is of. */
  readonly lotNumber: Maybe<Scalars['String']['output']>;
  /** Its Unique Device Identification, as it is printed. */
  readonly udi: Maybe<Scalars['String']['output']>;
  /** Until when it may be used. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
};

/** An entry and its place in the list. */
export type ProcedureEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Procedure;
};

/** The state of a procedure. */
export type ProcedureStatus =
  /** Being prepared. */
  | 'PREPARATION'
  /** Under way. */
  | 'IN_PROGRESS'
  /** Not done. */
  | 'NOT_DONE'
  /** Interrupted. */
  | 'ON_HOLD'
  /** Broken off. */
  | 'STOPPED'
  /** Done. */
  | 'COMPLETED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** An appointment, past or to come. */
export type Appointment = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** What it is for: the service or the reason. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: AppointmentStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes; null where the reader may not see them. */
  readonly notes: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** When it begins. */
  readonly startsAt: Maybe<Scalars['DateTime']['output']>;
  /** When it ends. */
  readonly endsAt: Maybe<Scalars['DateTime']['output']>;
  /** The sort of appointment: new, follow-up, walk-in. */
  readonly kind: Maybe<Concept>;
  /** The service. */
  readonly serviceTypes: ReadonlyArray<Concept>;
  /** The specialty. */
  readonly specialties: ReadonlyArray<Concept>;
  /** Why it was made; null where the reader may not see it. */
  readonly reasons: Maybe<ReadonlyArray<Concept>>;
  /** In words. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Where. */
  readonly location: Maybe<Scalars['String']['output']>;
  /** Who the patient sees. */
  readonly with: ReadonlyArray<Scalars['String']['output']>;
  /** Why it was cancelled. */
  readonly cancellationReason: Maybe<Concept>;
};

/** Appointments, newest first. */
export type AppointmentConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Appointment>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<AppointmentEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type AppointmentEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Appointment;
};

/** The state of an appointment. */
export type AppointmentStatus =
  /** Proposed. */
  | 'PROPOSED'
  /** Not yet accepted by all. */
  | 'PENDING'
  /** Booked. */
  | 'BOOKED'
  /** The patient has arrived. */
  | 'ARRIVED'
  /** The patient has checked in. */
  | 'CHECKED_IN'
  /** It took place. */
  | 'FULFILLED'
  /** Cancelled. */
  | 'CANCELLED'
  /** The patient did not attend. */
  | 'DID_NOT_ATTEND'
  /** On the waiting list. */
  | 'WAITLIST'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** An attendance, clinic, admission or other contact. */
export type Encounter = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The sort of contact. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: EncounterStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes; null where the reader may not see them. */
  readonly notes: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Emergency, outpatient, inpatient, and so on. */
  readonly class: EncounterClass;
  /** From arrival to departure. */
  readonly period: Maybe<Period>;
  /** The service or specialty. */
  readonly serviceType: Maybe<Concept>;
  /** How urgent it was. */
  readonly priority: Maybe<Concept>;
  /** Why the patient came; null where the reader may not see them. */
  readonly reasons: Maybe<ReadonlyArray<Concept>>;
  /** What was found; null where the reader may not see them. */
  readonly diagnoses: Maybe<ReadonlyArray<Concept>>;
  /** Where: sites, wards. */
  readonly locations: ReadonlyArray<Scalars['String']['output']>;
  /** Who saw the patient. */
  readonly clinicians: ReadonlyArray<Scalars['String']['output']>;
  /** Where the patient came from. */
  readonly admissionSource: Maybe<Concept>;
  /** Where the patient went. */
  readonly dischargeDisposition: Maybe<Concept>;
  /** How the patient came to be admitted: in an emergency, from a waiting list. */
  readonly admissionMethod: Maybe<Concept>;
  /** How the stay ended: on clinical advice, by the patient's own decision, by death. */
  readonly dischargeMethod: Maybe<Concept>;
  /** What came of an attendance as an outpatient: discharged, another appointment. */
  readonly attendanceOutcome: Maybe<Concept>;
};

/** Attendances, clinics, admissions and other contacts, newest first. */
export type EncounterConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Encounter>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<EncounterEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type EncounterEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Encounter;
};

/** What sort of encounter it is. */
export type EncounterClass =
  /** Emergency department or urgent care. */
  | 'EMERGENCY'
  /** Clinic or other ambulatory care. */
  | 'OUTPATIENT'
  /** Admission to a ward. */
  | 'INPATIENT'
  /** Short stay. */
  | 'DAY_CASE'
  /** At the patient’s home. */
  | 'HOME'
  /** By telephone or video. */
  | 'VIRTUAL'
  /** Ambulance and care outside. */
  | 'FIELD'
  /** Any other, or not recorded. */
  | 'OTHER';

/** The state of an encounter. */
export type EncounterStatus =
  /** Planned. */
  | 'PLANNED'
  /** The patient has arrived. */
  | 'ARRIVED'
  /** The patient has been assessed. */
  | 'TRIAGED'
  /** Under way. */
  | 'IN_PROGRESS'
  /** The patient is on leave. */
  | 'ON_LEAVE'
  /** Over. */
  | 'FINISHED'
  /** Cancelled. */
  | 'CANCELLED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** A letter, discharge summary or other document. */
export type Document = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** What sort of document it is. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: DocumentStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** Its title. */
  readonly title: Maybe<Scalars['String']['output']>;
  /** How finished it is: preliminary, final, amended. */
  readonly documentStatus: Maybe<Scalars['String']['output']>;
  /** The class of document. */
  readonly categories: ReadonlyArray<Concept>;
  /** When it was written. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** The care that it is about. */
  readonly period: Maybe<Period>;
  /** The specialty it comes from. */
  readonly specialty: Maybe<Concept>;
  /** The sort of facility it comes from. */
  readonly setting: Maybe<Concept>;
  /** Its files. */
  readonly attachments: ReadonlyArray<Attachment>;
  /** The encounter it is about. */
  readonly encounterId: Maybe<Scalars['ID']['output']>;
};

/** Letters and other documents, newest first. */
export type DocumentConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Document>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<DocumentEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type DocumentEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Document;
};

/** The state of a document. */
export type DocumentStatus =
  /** Current. */
  | 'CURRENT'
  /** Replaced by another. */
  | 'SUPERSEDED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** A care plan. */
export type CarePlan = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The sort of plan. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: CarePlanStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** Its title. */
  readonly title: Maybe<Scalars['String']['output']>;
  /** What it is meant as: proposal, plan, order. */
  readonly intent: Maybe<Scalars['String']['output']>;
  /** The sort of plan. */
  readonly categories: ReadonlyArray<Concept>;
  /** The plan in words. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** When it holds. */
  readonly period: Maybe<Period>;
  /** When it was made. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** What is to be done. */
  readonly activities: ReadonlyArray<CarePlanActivity>;
  /** What is to be reached. */
  readonly goals: ReadonlyArray<CarePlanGoal>;
  /** The problems it is about; null where the reader may not see them. */
  readonly addresses: Maybe<ReadonlyArray<Concept>>;
  /** Who made it. */
  readonly contributors: ReadonlyArray<Scalars['String']['output']>;
};

/** Care plans, newest first. */
export type CarePlanConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<CarePlan>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<CarePlanEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type CarePlanEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: CarePlan;
};

/** The state of a care plan. */
export type CarePlanStatus =
  /** Not yet agreed. */
  | 'DRAFT'
  /** In force. */
  | 'ACTIVE'
  /** Interrupted. */
  | 'ON_HOLD'
  /** Withdrawn. */
  | 'REVOKED'
  /** Done. */
  | 'COMPLETED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** Something a care plan says is to be done. */
export type CarePlanActivity = {
  /** What it is. */
  readonly code: Maybe<Concept>;
  /** Its state: not-started, scheduled, in-progress, completed, and so on; `prohibited` where it must not be done. */
  readonly status: Maybe<Scalars['String']['output']>;
  /** Whether the plan forbids it. */
  readonly isProhibited: Maybe<Scalars['Boolean']['output']>;
  /** In words. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** The medicine or other thing that it takes, where `code` says what is done. */
  readonly product: Maybe<Concept>;
  /** When, in words. */
  readonly scheduled: Maybe<Scalars['String']['output']>;
  /** What came of it. */
  readonly outcomes: ReadonlyArray<Concept>;
};

/** Something a care plan says is to be reached. */
export type CarePlanGoal = {
  /** What it is. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Its state: proposed, accepted, active, completed, and so on. */
  readonly status: Maybe<Scalars['String']['output']>;
  /** How far it was achieved: improving, worsening, achieved, not achieved, and so on. */
  readonly achievement: Maybe<Concept>;
  /** By when. */
  readonly dueOn: Maybe<Scalars['DateTime']['output']>;
};

/** Social care: an involvement, a task, or equipment. */
export type SocialCare = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The service, task or equipment. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: SocialCareStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** Whether this is an involvement, a task or equipment. */
  readonly kind: SocialCareKind;
  /** From when to when. */
  readonly period: Maybe<Period>;
  /** In words. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Who provides it. */
  readonly organisation: Maybe<Organisation>;
  /** Who is responsible. */
  readonly worker: Maybe<Scalars['String']['output']>;
  /** How urgent: routine, urgent, asap, stat. */
  readonly priority: Maybe<Scalars['String']['output']>;
  /** When it was asked for. */
  readonly requestedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why. */
  readonly reasons: ReadonlyArray<Concept>;
};

/** Social care, newest first. */
export type SocialCareConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<SocialCare>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<SocialCareEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type SocialCareEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: SocialCare;
};

/** What a social care entry is. */
export type SocialCareKind =
  /** An involvement of a service. */
  | 'EPISODE'
  /** Something to be done. */
  | 'TASK'
  /** Equipment or an adaptation. */
  | 'EQUIPMENT';

/** The state of a social care entry. */
export type SocialCareStatus =
  /** Planned or requested. */
  | 'PLANNED'
  /** Waiting to begin. */
  | 'WAITING'
  /** Under way. */
  | 'ACTIVE'
  /** Interrupted. */
  | 'ON_HOLD'
  /** Over or done. */
  | 'FINISHED'
  /** Cancelled or rejected. */
  | 'CANCELLED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** Mental health: an episode, a legal status, or the crisis plan. */
export type MentalHealth = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The service, status or document. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: MentalHealthStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** Whether this is an episode, a legal status or a crisis plan. */
  readonly kind: MentalHealthKind;
  /** From when to when. */
  readonly period: Maybe<Period>;
  /** The service that provides it. */
  readonly organisation: Maybe<Organisation>;
  /** The team. */
  readonly team: Maybe<Scalars['String']['output']>;
  /** The care coordinator or responsible clinician. */
  readonly worker: Maybe<Scalars['String']['output']>;
  /** The status under the Mental Health Act. */
  readonly legalStatus: Maybe<Concept>;
  /** In a crisis plan: its files. */
  readonly attachments: ReadonlyArray<Attachment>;
  /** In words. */
  readonly description: Maybe<Scalars['String']['output']>;
};

/** Mental health, newest first. */
export type MentalHealthConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<MentalHealth>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<MentalHealthEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type MentalHealthEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: MentalHealth;
};

/** What a mental health entry is. */
export type MentalHealthKind =
  /** Care by a service. */
  | 'EPISODE'
  /** A status under the Mental Health Act. */
  | 'LEGAL_STATUS'
  /** Where the crisis plan is. */
  | 'CRISIS_PLAN';

/** The state of a mental health entry. */
export type MentalHealthStatus =
  /** Planned. */
  | 'PLANNED'
  /** On the waiting list. */
  | 'WAITING'
  /** Under way or in force. */
  | 'ACTIVE'
  /** Interrupted. */
  | 'ON_HOLD'
  /** Over. */
  | 'FINISHED'
  /** Cancelled. */
  | 'CANCELLED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** An alert on the safety of the patient or of staff. */
export type SafetyAlert = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** What to beware of. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: SafetyAlertStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50. */
  readonly possibleDuplicateOf: ReadonlyArray<Scalars['ID']['output']>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** The sort of alert. */
  readonly categories: ReadonlyArray<Concept>;
  /** From when to when it holds. */
  readonly period: Maybe<Period>;
  /** How urgent it is. */
  readonly priority: Maybe<Concept>;
  /** What tells more: the conditions, plans and other entries that it is about. */
  readonly details: Maybe<ReadonlyArray<Concept>>;
};

/** Safety alerts, newest first. */
export type SafetyAlertConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<SafetyAlert>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<SafetyAlertEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type SafetyAlertEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: SafetyAlert;
};

/** The state of an alert. */
export type SafetyAlertStatus =
  /** To be heeded. */
  | 'ACTIVE'
  /** No longer to be heeded. */
  | 'INACTIVE'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

/** A referral or other request for a service. */
export type Referral = CareItem & {
  /**
   * Unique over all participants; opaque. What has one id has the same value in every view, page and filter: an entry that shows
   * what other sources or other entries of a list add to it has an id of its own there.
   */
  readonly id: Scalars['ID']['output'];
  /** Business identifiers. Entries that share one across sources are one entry in the merged view. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** What is asked for. */
  readonly code: Maybe<Concept>;
  /** The entry's state. */
  readonly status: ReferralStatus;
  /** The moment by which the section is ordered; null where the source recorded none. */
  readonly time: Maybe<Scalars['DateTime']['output']>;
  /** A digest of what makes entries look alike; opaque. Equal digests are not proof of sameness. */
  readonly likeness: Maybe<Scalars['String']['output']>;
  /** Other entries in this answer that look like this one and could be the same: their ids, at most 50; null where the reader may not see them. */
  readonly possibleDuplicateOf: Maybe<ReadonlyArray<Scalars['ID']['output']>>;
  /** Where it comes from: one for each source that recorded it. */
  readonly provenance: ReadonlyArray<Provenance>;
  /** Free-text notes; null where the reader may not see them. */
  readonly notes: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Whether it forbids the service instead of asking for it, in whatever state it is. */
  readonly isProhibited: Maybe<Scalars['Boolean']['output']>;
  /** What it is meant as: proposal, plan, order. */
  readonly intent: Maybe<Scalars['String']['output']>;
  /** The sort of request. */
  readonly categories: ReadonlyArray<Concept>;
  /** How urgent: routine, urgent, asap, stat. */
  readonly priority: Maybe<Scalars['String']['output']>;
  /** The specialty asked. */
  readonly specialties: ReadonlyArray<Concept>;
  /** Who asks. */
  readonly requester: Maybe<Scalars['String']['output']>;
  /** Who is asked. */
  readonly recipients: ReadonlyArray<Organisation>;
  /** Why; null where the reader may not see them. */
  readonly reasons: Maybe<ReadonlyArray<Concept>>;
  /** When it was made. */
  readonly authoredAt: Maybe<Scalars['DateTime']['output']>;
  /** When it is to happen. */
  readonly occursAt: Maybe<Scalars['DateTime']['output']>;
  /** How often, how long and when, in words, where it is to happen more than once. */
  readonly scheduled: Maybe<Scalars['String']['output']>;
  /** In words. */
  readonly description: Maybe<Scalars['String']['output']>;
};

/** Referrals and requests, newest first. */
export type ReferralConnection = {
  /** The entries. */
  readonly nodes: ReadonlyArray<Referral>;
  /** The entries, each with its cursor. */
  readonly edges: ReadonlyArray<ReferralEdge>;
  /** Where the list continues. */
  readonly pageInfo: PageInfo;
  /** What the section says as a whole. */
  readonly status: SectionStatus;
  /** The sources that state that the patient has none. */
  readonly statedNoneKnown: ReadonlyArray<Provenance>;
  /**
   * False when a source that may hold entries did not answer, holds some that cannot be shown, or does not share
   * this section: then the list is not the whole truth.
   */
  readonly isComplete: Scalars['Boolean']['output'];
  /**
   * The codes of the participants of which entries may be missing: those that did not answer, `notUnderstood` and
   * `notShared`.
   */
  readonly missingSources: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold entries which are not shown here, because something in them
   * changes their meaning in a way that this graph does not know. Ask there.
   */
  readonly notUnderstood: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * The codes of the participants that hold a record of the patient and share this section of nobody, whether or not they
   * have entries. It is the same for every patient. Ask there.
   */
  readonly notShared: ReadonlyArray<Scalars['ID']['output']>;
  /**
   * Where sources contradict each other: among the entries of this answer, and what sources state of
   * the section as a whole. A missing source is not heard: see `isComplete`. In one source's own record
   * always empty, since nothing is compared there.
   */
  readonly conflicts: ReadonlyArray<Conflict>;
};

/** An entry and its place in the list. */
export type ReferralEdge = {
  /** The entry's place: give it as `after` to continue behind it. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: Referral;
};

/** The state of a referral. */
export type ReferralStatus =
  /** Not yet sent. */
  | 'DRAFT'
  /** Sent, not yet done. */
  | 'ACTIVE'
  /** Interrupted. */
  | 'ON_HOLD'
  /** Withdrawn. */
  | 'REVOKED'
  /** Done. */
  | 'COMPLETED'
  /** In force: it forbids the service. It must not be done. */
  | 'PROHIBITED'
  /** It forbade the service, and is no longer in force. */
  | 'PROHIBITION_ENDED'
  /** Recorded by mistake; left out unless asked for. */
  | 'ENTERED_IN_ERROR'
  /** Not recorded, or recorded in a word outside the standard. */
  | 'UNKNOWN';

export type Query = {
  readonly record: Maybe<CareRecord>;
  readonly participant: Maybe<Participant>;
};
