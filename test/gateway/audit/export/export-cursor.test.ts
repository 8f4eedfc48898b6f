import { describe, expect, it } from 'vitest'
import { formatCursor, parseCursor } from '../../../../gateway/audit/export/export-cursor.ts'

describe('The cursor of an export', () => {
  it('is read as it was written, with what an editor leaves around it', () => {
    const cursor = { xid: 1042n, position: 77310n }
    expect(formatCursor(cursor)).toBe('1042.77310')
    expect(parseCursor(' 1042.77310\n')).toEqual(cursor)
  })

  it.each(['', '12', '1.', 'a.b', '1.2.3', '-1.2', '1.99999999999999999999'])(
    'is not %j',
    (text) => {
      expect(parseCursor(text)).toBeNull()
    },
  )
})
