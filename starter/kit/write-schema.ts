import { writeFile } from 'node:fs/promises'
import { describeProblem } from '../../cli/start/problem.ts'
import { importOwnParticipant } from './own-participant.ts'
import { publishedSchema } from './published-schema.ts'

/**
 * Writes the schema of the folder's participant.
 *
 * @param output a file, or `-` for standard output
 * @returns the exit code: 0 written, 1 not
 */
export async function writeSchema(output: string): Promise<number> {
  try {
    const schema = await publishedSchema(await importOwnParticipant())
    if (output === '-') {
      process.stdout.write(schema)
      return 0
    }
    await writeFile(output, schema)
    process.stderr.write(`${output} is what this participant publishes.\n`)
    return 0
  } catch (error) {
    process.stderr.write(`schema: ${describeProblem(error, output)}\n`)
    return 1
  }
}
