import type { AuditedUser } from '../../../audit/entries.ts'
import type { NewAlert } from '../raise-alerts.ts'

/** Who looked, as an alert keeps them. */
export function whoLooked(user: AuditedUser): NewAlert['user'] {
  return {
    user_id: user.userId,
    user_name: user.name,
    role_code: user.roleCode,
    role_name: user.roleName,
    ods_code: user.odsCode,
    organisation_name: user.organisationName ?? user.odsCode,
  }
}
