import * as z from 'zod'

/** What docs/settings.md and an error message say of a setting beside its schema. */
export interface SettingNotes {
  readonly description: string
  /** What a value must be, in the words of an error message: "a whole number from 1 to 9". */
  readonly expected: string
  /** How the default is written in docs/settings.md; absent when the setting may be left out. */
  readonly default?: string
  /** A secret is never repeated, not even when it is wrong. */
  readonly isSecret?: boolean
}

/** What is known of each setting beside its schema. */
export const notesOfSettings = z.registry<SettingNotes>()

/** A whole number within bounds, both included. */
export function integer(bounds: readonly [number, number], usual: number, description: string) {
  const [least, most] = bounds
  const notes: SettingNotes = {
    description,
    expected: `a whole number from ${least} to ${most}`,
    default: String(usual),
  }
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(usual)
    .register(notesOfSettings, notes)
}

/** One of some words. */
export function choice<const Words extends readonly [string, ...string[]]>(
  words: Words,
  usual: Words[number],
  description: string,
) {
  const notes: SettingNotes = {
    description,
    expected: `one of ${words.join(', ')}`,
    default: usual,
  }
  return z
    .string()
    .default(usual)
    .refine((word): word is Words[number] => words.includes(word))
    .register(notesOfSettings, notes)
}

/** A word, a path or a URL that may be left out. */
export function text(notes: SettingNotes & { readonly pattern?: RegExp }) {
  const { pattern = /\S/, ...rest } = notes
  return z.string().regex(pattern).optional().register(notesOfSettings, rest)
}

/** A word, a path or a URL with a default. */
export function textOr(
  usual: string,
  notes: Omit<SettingNotes, 'default'> & { readonly pattern?: RegExp },
) {
  const { pattern = /\S/, ...rest } = notes
  return z
    .string()
    .regex(pattern)
    .default(usual)
    .register(notesOfSettings, { ...rest, default: usual })
}

/** A PostgreSQL database, password included: a secret. */
export function database(description: string) {
  return text({
    description,
    expected: 'postgres://user:password@host:port/database',
    isSecret: true,
    pattern: /^postgres(ql)?:\/\/\S+\/\S+$/,
  })
}
