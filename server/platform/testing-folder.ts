import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of the test's own, gone with its process. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-test-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
