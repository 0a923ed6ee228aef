/**
 * Builds web/ into dist/ when its sources changed, with compressed copies beside each file. `npm run build`, and every
 * `npm start`.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { version } from '../server/platform/version.ts'
import { firstVisits, type Manifest, overBudget } from './first-visit.ts'

/** Shown in the foot of every page. */
const shown = version.commit ? `${version.version} (${version.commit})` : version.version

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap(entry => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()

/** The page and what it names: its fonts, scripts and styles. */
const loadedAlways = (folder: string): string[] => [
  'index.html',
  ...new Set(
    [...readFileSync(join(folder, 'index.html'), 'utf8').matchAll(/(?:href|src)="\/([^"]+\.(?:js|css|woff2))"/g)].map(
      ([, file]) => file!,
    ),
  ),
]

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

/** In bytes: beyond, a file that only some pages load is compressed less, and sooner. */
const mostAtBest = 100_000

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
    const manifest: Manifest = JSON.parse(readFileSync(join(making, '.vite/manifest.json'), 'utf8'))
    rmSync(join(making, '.vite'), { recursive: true })
    const always = loadedAlways(making)
    for (const file of filesUnder(making)) {
      if (!/\.(js|css|svg|html|json|txt)$/.test(file)) continue
      const content = readFileSync(file)
      // The best compression takes seconds on large files: kept for what every first visit waits for, and small ones.
      const best = content.length < mostAtBest || always.some(one => file === join(making, one))
      const quality = best ? constants.BROTLI_MAX_QUALITY : 9
      writeFileSync(
        `${file}.br`,
        brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
      )
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
    }
    const sizeOf = (file: string) => {
      const path = join(making, file)
      return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size
    }
    const visits = firstVisits(manifest, always, sizeOf)
    const refused = overBudget(visits)
    if (refused) throw new Error(refused)
    console.log(
      `Première visite la plus lourde : ${visits[0]!.page}, ${Math.ceil(visits[0]!.bytes / 1000)} ko compressés.`,
    )
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
