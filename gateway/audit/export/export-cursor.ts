/** A place in the reading order of the trail: behind one entry. */
export interface ExportCursor {
  /** The transaction that wrote the entry. */
  readonly xid: bigint
  /** Its place in that order. */
  readonly position: bigint
}

/** Before every entry. */
export const BEGINNING_OF_TRAIL: ExportCursor = { xid: 0n, position: 0n }

/** Writes a cursor as people and files keep it, such as `1042.77310`. */
export function formatCursor({ xid, position }: ExportCursor): string {
  return `${xid}.${position}`
}

/** Reads a cursor; null when it is none. */
export function parseCursor(text: string): ExportCursor | null {
  const parts = /^(\d{1,18})\.(\d{1,18})$/.exec(text.trim())
  return parts ? { xid: BigInt(parts[1] ?? 0), position: BigInt(parts[2] ?? 0) } : null
}
