import type { Organisation } from '../kit/participant.ts'

/** South West London: its trusts, practices, urgent care, councils and commissioner. */
export const organisations: readonly Organisation[] = [
  {
    odsCode: 'RJ7',
    name: "St George's University Hospitals NHS Foundation Trust",
    kind: 'ACUTE_TRUST',
  },
  { odsCode: 'RJ6', name: 'Croydon Health Services NHS Trust', kind: 'ACUTE_TRUST' },
  {
    odsCode: 'RVR',
    name: 'Epsom and St Helier University Hospitals NHS Trust',
    kind: 'ACUTE_TRUST',
  },
  { odsCode: 'RAX', name: 'Kingston and Richmond NHS Foundation Trust', kind: 'ACUTE_TRUST' },
  { odsCode: 'RPY', name: 'The Royal Marsden NHS Foundation Trust', kind: 'ACUTE_TRUST' },
  {
    odsCode: 'RQY',
    name: "South West London and St George's Mental Health NHS Trust",
    kind: 'MENTAL_HEALTH_TRUST',
  },
  { odsCode: 'H85021', name: 'The Chesser Surgery', kind: 'GP_PRACTICE' },
  { odsCode: 'H85041', name: 'Earlsfield Surgery', kind: 'GP_PRACTICE' },
  { odsCode: 'H83004', name: 'The Farley Road Medical Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'H84040', name: 'Hampton Medical Centre', kind: 'GP_PRACTICE' },
  { odsCode: 'H83018', name: 'Selsdon Park Medical Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'H85030', name: 'The Old Court House Surgery', kind: 'GP_PRACTICE' },
  { odsCode: 'H83015', name: 'Parkside Group Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'H85115', name: 'Shotfield Medical Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'H85103', name: 'Hackbridge Medical Centre', kind: 'GP_PRACTICE' },
  { odsCode: 'H85110', name: 'Ravensbury Park Medical Centre', kind: 'GP_PRACTICE' },
  { odsCode: 'H85682', name: 'Tudor Lodge Health Centre', kind: 'GP_PRACTICE' },
  { odsCode: 'H83627', name: 'Birdhurst Medical Practice', kind: 'GP_PRACTICE' },
  { odsCode: 'H85006', name: 'Mayfield Surgery', kind: 'GP_PRACTICE' },
  {
    odsCode: '8HE13',
    name: 'South West London Integrated Urgent Care (NHS 111 and out of hours)',
    kind: 'URGENT_CARE',
  },
  { odsCode: '712', name: 'London Borough of Wandsworth', kind: 'SOCIAL_CARE' },
  { odsCode: '721', name: 'London Borough of Croydon', kind: 'SOCIAL_CARE' },
  { odsCode: '729', name: 'Royal Borough of Kingston upon Thames', kind: 'SOCIAL_CARE' },
  { odsCode: '730', name: 'London Borough of Merton', kind: 'SOCIAL_CARE' },
  { odsCode: '733', name: 'London Borough of Richmond upon Thames', kind: 'SOCIAL_CARE' },
  { odsCode: '734', name: 'London Borough of Sutton', kind: 'SOCIAL_CARE' },
  { odsCode: 'QWE', name: 'NHS South West London Integrated Care Board', kind: 'COMMISSIONER' },
]
