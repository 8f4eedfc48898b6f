/** An invented member of staff of the development issuer. */
export interface Persona {
  readonly key: string
  readonly name: string
  readonly odsCode: string
  /** National job role, `S:G:R`. */
  readonly roleCode: string
  readonly roleName: string
  /** National activities of the role, such as `B1611`; none when left out. */
  readonly activityCodes?: readonly string[]
  /** What the persona shows. */
  readonly shows: string
}

/** The development issuer's people: `lcr token --list`. */
export const personas: readonly Persona[] = [
  {
    key: 'gp.nel',
    name: 'Dr Farah Siddiqui',
    odsCode: 'Y02633',
    roleCode: 'S8000:G8000:R0260',
    roleName: 'General Medical Practitioner',
    shows: 'a GP in Bow',
  },
  {
    key: 'ed-doctor.sel',
    name: 'Dr Tom Adeyemi',
    odsCode: 'RJZ',
    roleCode: 'S8000:G8000:R0050',
    roleName: 'Consultant',
    shows: 'an emergency doctor in Camberwell',
  },
  {
    key: 'nurse.ncl',
    name: 'Grace Mensah',
    odsCode: 'RRV',
    roleCode: 'S8000:G8001:R8001',
    roleName: 'Nurse Access Role',
    shows: 'a ward nurse at University College London Hospitals',
  },
  {
    key: 'nurse-s-flag.ncl',
    name: 'Ruth Osei',
    odsCode: 'F83008',
    roleCode: 'S8000:G8001:R8001',
    roleName: 'Nurse Access Role',
    activityCodes: ['B1611'],
    shows: 'a practice nurse in Islington who may see S-flagged records whole (B1611)',
  },
  {
    key: 'pharmacist.swl',
    name: 'Imran Choudhury',
    odsCode: 'RJ7',
    roleCode: 'S8000:G8002:R1290',
    roleName: 'Pharmacist',
    shows: "a hospital pharmacist at St George's",
  },
  {
    key: 'social-worker.nwl',
    name: 'Hannah Price',
    odsCode: '722',
    roleCode: 'S8003:G8006:R1330',
    roleName: 'Social Worker',
    shows: 'a social worker in Ealing',
  },
  {
    key: 'receptionist.nel',
    name: 'Marcia Bennett',
    odsCode: 'Y02633',
    roleCode: 'S8000:G8003:R8009',
    roleName: 'Receptionist',
    shows: 'a receptionist in Bow',
  },
  {
    key: 'call-handler.111',
    name: 'Callum Reid',
    odsCode: '8HE12',
    roleCode: 'S8000:G8003:R1690',
    roleName: 'Call Operator',
    shows: 'an NHS 111 call handler in South East London',
  },
  {
    key: 'clinician.hpft',
    name: 'Dr Ewa Kowalska',
    odsCode: 'RWR',
    roleCode: 'S8000:G8000:R8000',
    roleName: 'Clinical Practitioner Access Role',
    shows: 'a psychiatrist of a view-only trust',
  },
  {
    key: 'clinician.enht',
    name: 'Dr James Okoro',
    odsCode: 'RWH',
    roleCode: 'S8000:G8000:R8000',
    roleName: 'Clinical Practitioner Access Role',
    shows: 'a clinician of a contribute-only trust: may not view',
  },
  {
    key: 'doctor.mkuh',
    name: 'Dr Lucy Marsh',
    odsCode: 'RD8',
    roleCode: 'S8000:G8000:R0050',
    roleName: 'Consultant',
    shows: 'a hospital doctor outside London',
  },
  {
    key: 'privacy-officer.sel',
    name: 'Denise Clarke',
    odsCode: 'RJZ',
    roleCode: 'S8002:G8003:R0001',
    roleName: 'Privacy Officer',
    shows: "a privacy officer at King's: no clinical section",
  },
  {
    key: 'caldicott-guardian.ncl',
    name: 'Dr Anil Rao',
    odsCode: 'RAL',
    roleCode: 'S8002:G8003:R5105',
    roleName: 'Caldicott Guardian',
    shows: 'a Caldicott guardian at the Royal Free: no clinical section',
  },
  {
    key: 'researcher.nel',
    name: 'Dr Sophie Laurent',
    odsCode: 'R1H',
    roleCode: 'S8001:G8005:R1860',
    roleName: 'Researcher',
    shows: 'a researcher: never views',
  },
  {
    key: 'it-support.swl',
    name: 'Dev Malhotra',
    odsCode: 'RAX',
    roleCode: 'S8001:G8005:R8015',
    roleName: 'Systems Support Access Role',
    shows: 'systems support: never views',
  },
]
