import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { projectRoot } from '../project-root.ts'

/** `lcr compose`: writes every participant's published schema and the supergraph, or checks them. */
export function registerCompose(program: Command): void {
  program
    .command('compose')
    .description(
      "Write each participant's schema.graphql and supergraph.graphql from the contract.",
    )
    .option('--check', 'change nothing; fail when a file differs from what would be written')
    .addHelpText('after', '\nExample:\n  $ npx lcr compose --check')
    .action(async ({ check }: { check?: boolean }, command: Command) => {
      const { publishedFiles } = await import('../gateway/registry/published-files.ts')
      const files = await publishedFiles()
      const changed: string[] = []
      for (const [file, text] of files) {
        const path = join(projectRoot, file)
        if ((await readFile(path, 'utf8').catch(() => null)) === text) continue
        changed.push(file)
        if (!check) await writeFile(path, text)
      }
      if (check && changed.length > 0) {
        command.error(`Out of date: ${changed.join(', ')}. Run 'npx lcr compose' and commit them.`)
      }
      const what = changed.length > 0 ? `Wrote ${changed.join(', ')}.` : 'Everything is up to date.'
      console.log(`${files.size} files from the contract and the participants. ${what}`)
    })
}
