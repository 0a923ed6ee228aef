/**
 * Builds web/ into dist/ when its sources changed, with compressed copies beside each file. `npm run build`, and every
 * `npm start`.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { version } from '../server/platform/version.ts'

/** Shown in the foot of every page. */
const shown = version.commit ? `${version.version} (${version.commit})` : version.version

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap(entry => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()

const fingerprint = (): string => {
  const hash = createHash('sha256')
  for (const file of [
    ...filesUnder(join(root, 'web')),
    ...filesUnder(join(root, 'contract')),
    join(root, 'package-lock.json'),
  ]) {
    if (!/\.test\.tsx?$/.test(file)) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.update(shown).digest('hex')
}

/**
 * Answers whether anything had to be built. Made aside and then put in place, since `npm start` and `npm test` may
 * build at once, and pages may be being served.
 */
export const buildPages = async (): Promise<boolean> => {
  const wanted = fingerprint()
  const upToDate = () => existsSync(join(dist, '.built')) && readFileSync(join(dist, '.built'), 'utf8') === wanted
  if (upToDate()) return false
  const { build } = await import('vite')
  const making = join(root, `dist.${process.pid}`)
  try {
    await build({
      root: join(root, 'web'),
      configFile: join(root, 'web/vite.config.ts'),
      logLevel: 'error',
      define: { VERSION: JSON.stringify(shown) },
      build: { outDir: making, emptyOutDir: true },
    })
    for (const file of filesUnder(making)) {
      if (!/\.(js|css|svg|html|json|txt)$/.test(file)) continue
      const content = readFileSync(file)
      writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
    }
    writeFileSync(join(making, '.built'), wanted)
    if (upToDate()) return false
    rmSync(dist, { recursive: true, force: true })
    renameSync(making, dist)
    return true
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

if (import.meta.main) console.log((await buildPages()) ? 'Pages construites dans dist/.' : 'Les pages sont à jour.')
