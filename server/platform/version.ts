import { existsSync, readFileSync } from 'node:fs'

const root = new URL('../../', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, root), 'utf8')

export interface Version {
  readonly version: string
  /** Of the sources installed, where whoever installs them wrote it in REVISION. */
  readonly commit?: string
}

/** What runs here. A file REVISION that holds no commit is none. */
export const versionOf = (manifest: string, revision: string | undefined): Version => {
  const commit = revision?.trim()
  return {
    version: (JSON.parse(manifest) as { version: string }).version,
    ...(commit !== undefined && /^[0-9a-f]{7,40}$/.test(commit) ? { commit: commit.slice(0, 12) } : {}),
  }
}

const revision = existsSync(new URL('REVISION', root)) ? read('REVISION') : undefined
export const version = versionOf(read('package.json'), revision)
