/** The columns that PostgreSQL reads out of an entry's body, for searching. */
export interface SearchColumns {
  readonly kind: string | null
  readonly event: string | null
  readonly category: string | null
  readonly refusal: string | null
  readonly nhs_number: string | null
  readonly user_id: string | null
  readonly ods_code: string | null
  readonly participant: string | null
}

/** The name of a column that does not say what the body says; undefined when all do. */
export function findFalseColumn(
  columns: SearchColumns,
  body: object,
): keyof SearchColumns | undefined {
  const event = body as { readonly [field: string]: unknown }
  const user = (event['user'] ?? {}) as { readonly [field: string]: unknown }
  const expected: { readonly [column in keyof SearchColumns]: unknown } = {
    kind: event['kind'],
    event: event['event'],
    category: event['category'],
    refusal: event['refusal'],
    nhs_number: event['nhsNumber'],
    user_id: user['userId'],
    ods_code: user['odsCode'],
    participant: user['participant'],
  }
  const names = Object.keys(expected) as (keyof SearchColumns)[]
  return names.find((name) => columns[name] !== (expected[name] ?? null))
}
