import type { FieldShape, SectionShape } from './shape.ts'

/** A section of the sources' records that the gateway asks for, to merge it or to compare it. */
export type GeneratedSection = Pick<SectionShape, 'section' | 'recordKey' | 'fields' | 'isFiltered'>

/** Everything that the gateway asks of the records for these fields of a patient. */
export function generatedSections(fields: readonly FieldShape[]): GeneratedSection[] {
  return fields.flatMap((field): GeneratedSection[] => {
    if (field.kind === 'timeline') return field.parts.map((part) => ({ ...part, isFiltered: true }))
    if (field.kind !== 'section') return []
    const { section, retractedKey: recordKey } = field
    return recordKey === null
      ? [field]
      : [field, { section, recordKey, fields: [], isFiltered: true }]
  })
}
