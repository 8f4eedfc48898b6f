const bound = /^([A-Z][A-Za-z]{1,63}\/)[a-z0-9-]+\|([^\s/?#|]+)$/

/** A stored resource with its references as its server would write them, for those who take FHIR. */
export function asSent<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one: unknown) => asSent(one)) as Value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      (key === 'reference' || key === 'url') && typeof part === 'string'
        ? part.replace(bound, '$1$2')
        : asSent<unknown>(part),
    ]),
  ) as Value
}
