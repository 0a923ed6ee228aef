import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A folder of the test's own, gone with its process. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-test-'))
  made.push(folder)
  return folder
}
