import type { Organisation } from '../kit/participant.ts'

/** North Central London: its trusts, practices, urgent care, councils and commissioner. */
export const organisations: readonly Organisation[] = [
  {
    odsCode: 'RRV',
    name: 'University College London Hospitals NHS Foundation Trust',
    kind: 'ACUTE_TRUST',
  },
  { odsCode: 'RAL', name: 'Royal Free London NHS Foundation Trust', kind: 'ACUTE_TRUST' },
  { odsCode: 'RKE', name: 'Whittington Health NHS Trust', kind: 'ACUTE_TRUST' },
  { odsCode: 'RP6', name: 'Moorfields Eye Hospital NHS Foundation Trust', kind: 'ACUTE_TRUST' },
  {
    odsCode: 'RP4',
    name: 'Great Ormond Street Hospital for Children NHS Foundation Trust',
    kind: 'ACUTE_TRUST',
  },
  { odsCode: 'RAN', name: 'Royal National Orthopaedic Hospital NHS Trust', kind: 'ACUTE_TRUST' },
  { odsCode: 'G6V2S', name: 'North London NHS Foundation Trust', kind: 'MENTAL_HEALTH_TRUST' },
  { odsCode: 'F85032', name: 'Southgate Surgery', kind: 'GP_PRACTICE' },
  { odsCode: 'E83035', name: 'Wentworth Medical Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'F85063', name: 'The Muswell Hill Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'F85675', name: 'The Alexandra Surgery', kind: 'GP_PRACTICE' },
  { odsCode: 'E83007', name: 'Squires Lane Medical Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'E83034', name: 'Colney Hatch Lane Surgery', kind: 'GP_PRACTICE' },
  { odsCode: 'F85069', name: 'Crouch Hall Road Surgery', kind: 'GP_PRACTICE' },
  { odsCode: 'F83061', name: 'Museum Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'F83042', name: "Gray's Inn Road Medical Centre", kind: 'GP_PRACTICE' },
  { odsCode: 'F83048', name: 'Brunswick Medical Centre', kind: 'GP_PRACTICE' },
  { odsCode: 'F83004', name: 'Archway Medical Centre', kind: 'GP_PRACTICE' },
  { odsCode: 'F83008', name: 'The Goodinge Group Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'E83006', name: 'Greenfield Medical Centre', kind: 'GP_PRACTICE' },
  {
    odsCode: '8HE14',
    name: 'North Central London Integrated Urgent Care (NHS 111 and out of hours)',
    kind: 'URGENT_CARE',
  },
  { odsCode: '702', name: 'London Borough of Camden', kind: 'SOCIAL_CARE' },
  { odsCode: '706', name: 'London Borough of Islington', kind: 'SOCIAL_CARE' },
  { odsCode: '717', name: 'London Borough of Barnet', kind: 'SOCIAL_CARE' },
  { odsCode: '723', name: 'London Borough of Enfield', kind: 'SOCIAL_CARE' },
  { odsCode: '724', name: 'London Borough of Haringey', kind: 'SOCIAL_CARE' },
  { odsCode: 'QMJ', name: 'NHS North Central London Integrated Care Board', kind: 'COMMISSIONER' },
]
