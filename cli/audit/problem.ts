/** A reason why a command on the audit trail cannot be carried out, in one line. */
export class AuditProblem extends Error {
  override readonly name = 'AuditProblem'
}

const KNOWN: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the database does not answer',
  ECONNRESET: 'the database broke the connection off',
  ETIMEDOUT: 'the database does not answer',
  ENOTFOUND: "the database's host is not known",
  EAI_AGAIN: "the database's host is not known",
  ERR_INVALID_URL: 'the database URL must be like postgres://user:password@host:port/database',
  '28000': 'the database refuses the user',
  '28P01': 'the database refuses the user or the password',
  '3D000': 'there is no such database',
  '42501': 'the user of the database may not do this',
  '42P01': "the database is no audit store: run 'lcr audit prepare' as its owner",
  '53100': "the database's disk is full",
  '57P01': 'the database was stopped',
}

/** One line, free of values: an error of the database can quote what it was asked about. */
export function describeAuditProblem(error: unknown): string {
  if (error instanceof AuditProblem) return error.message
  const { code, name } = innermost(error) as { code?: unknown; name?: unknown }
  if (typeof code !== 'string') return `it broke off (${String(name)})`
  return KNOWN[code] ?? `it broke off (${code})`
}

/** A failed migration, and a host with several addresses, say little themselves. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError) return innermost(error.errors[0])
  if (error instanceof Error && error.cause instanceof Error) return innermost(error.cause)
  return error
}
