import { expect, it } from 'vitest'
import { toCaller } from '../../../gateway/identity/claims.ts'

const claims = {
  sub: '1',
  nhsid_useruid: '555043000001',
  name: 'Dr Farah Siddiqui',
  authentication_assurance_level: '2',
  selected_roleid: '5550',
  nhsid_nrbac_roles: [
    {
      org_code: 'F84115',
      person_roleid: '5550',
      role_code: 'S8000:G8000:R0260',
      role_name: '"Clinical":"Clinical Provision":"General Medical Practitioner"',
    },
  ],
}

it.each([
  ['in seconds', 1_795_338_000, new Date('2026-11-22T09:00:00.000Z')],
  ['in parts of a second', 1_795_338_000.5, new Date('2026-11-22T09:00:00.500Z')],
  ['not at all', undefined, null],
  ['as text', '1795338000', null],
  ['as null', null, null],
  ['before 1970', -1, null],
  ['in milliseconds, tens of thousands of years ahead', 1_795_338_000_000, null],
])('reads when somebody signed in, told %s', (_how, auth_time, signedInAt) => {
  expect(toCaller({ ...claims, auth_time })?.signedInAt).toEqual(signedInAt)
})
