import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../../../../gateway/governance/alerts/rules/rules.ts'
import { projectRoot } from '../../../../../project-root.ts'

describe('The rules', () => {
  it('are few, and each has a name of its own', () => {
    expect(rules.map(({ name }) => name)).toEqual([
      'EMERGENCY_ACCESS',
      'OWN_RECORD',
      'SAME_SURNAME',
      'COLLEAGUE_RECORD',
      'UNUSUAL_VOLUME',
      'OUT_OF_HOURS',
      'WRONG_PATIENT_RECORD',
      'IDENTITY_UNDECIDED',
      'NUMBERS_NOT_JOINED',
      'RULE_FAILED',
    ])
  })

  it.each(rules)('explain themselves to officers in docs/governance.md: $name', async (rule) => {
    const page = await readFile(join(projectRoot, 'docs', 'governance.md'), 'utf8')
    expect(page.replace(/\s+/g, ' ')).toContain(`- **${rule.name}** ${rule.explanation}`)
  })
})
