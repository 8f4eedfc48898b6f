import type { DeletionTable } from '../stage/deletion.ts'

/**
 * Three tables beside the store that only loading reads.
 *
 * `resource_alias`: under which business identifiers a resource is known, for references that name
 * no id. `resource_dependency`: what the mapping of a patient's record looked at, or looked for in
 * vain, so that the record is mapped again when it arrives, changes or goes. Neither is complete the
 * other way round: what nobody depends on any more may stand there still. `resource_deletion`: what was deleted;
 * see ../stage/deletion.ts.
 */
export type LinkTables = {
  resource_alias: { alias: string; type: string; id: string }
  resource_deletion: DeletionTable
  resource_dependency: { target: string; nhs_number: string }
}
