import { type DocumentNode, Kind, type TypeNode } from 'graphql'
import type { Section } from '../reading/slice.ts'

/** The sections of a record type, as its published schema has them: the fields that are connections. */
export function sectionsOf(document: DocumentNode, recordType: string): Section[] {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === recordType
      ? (node.fields ?? [])
          .filter((field) => namedType(field.type).endsWith('Connection'))
          .map((field) => {
            const first = field.arguments?.find((argument) => argument.name.value === 'first')
            const value = first?.defaultValue
            const defaultFirst = value?.kind === Kind.INT ? Number(value.value) : null
            return { name: field.name.value, defaultFirst }
          })
      : [],
  )
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}
