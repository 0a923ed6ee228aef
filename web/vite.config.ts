import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { unusedSpacings } from './spacings-in-use.ts'

const here = import.meta.dirname
const dsfr = join(dirname(createRequire(import.meta.url).resolve('@codegouvfr/react-dsfr/package.json')), 'dsfr')

/** The DSFR has 800 icons. The build fills `ui/icons.css` with those that our pages name: no list is kept by hand. */
const iconsInUse = (): Plugin => ({
  name: 'icons-in-use',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('/ui/icons.css')) return
    const known: { iconId: string; prefix: string; svgRelativePath: string }[] = JSON.parse(
      readFileSync(join(dsfr, 'utility/icons/icons.json'), 'utf8'),
    )
    const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file))
    const named = new Set(
      files.flatMap(file => readFileSync(join(here, file), 'utf8').match(/fr-icon-[a-z0-9-]+/g) ?? []),
    )
    return known
      .filter(icon => icon.prefix === 'fr-icon-' && named.has(icon.prefix + icon.iconId))
      .map(icon => {
        const name = icon.prefix + icon.iconId
        const url = `@codegouvfr/react-dsfr/dsfr/${icon.svgRelativePath.replace('../../', '')}`
        return `.${name}::before, .${name}::after { mask-image: url("${url}") }`
      })
      .join('\n')
  },
})

/**
 * The server validates. The browser needs only the method and path of a route: a schema builder would weigh on the
 * first load.
 */
const schemasStayOnServer = (): Plugin => ({
  name: 'schemas-stay-on-server',
  enforce: 'pre',
  resolveId: source => (source === 'typebox' ? '\0typebox' : undefined),
  load: id =>
    id === '\0typebox'
      ? 'export const Type = new Proxy(() => Type, { get: () => Type, apply: () => Type, ownKeys: () => [] })'
      : undefined,
})

/**
 * Drop the table of every colour that the design system builds at start: 130 kB, to tint the browser's bar alone.
 * Our colours are all in the style sheets.
 */
const coloursStayInStyles = (): Plugin => ({
  name: 'colours-stay-in-styles',
  enforce: 'pre',
  load: id =>
    id.replaceAll('\\', '/').endsWith('/react-dsfr/fr/colors.js')
      ? `export const colors = { getHex: ({ isDark }) => ({ isDark, decisions: { background: { default: { grey: { default: isDark ? '#161616' : '#ffffff' } } } } }) }`
      : null,
})

const planOfFrames = [
  [
    `  activate () {
    window.requestAnimationFrame(this.rendering);
  }`,
    `  activate () {
    this.plan();
  }

  onAdd () {
    this.plan();
  }

  plan () {
    if (this.isPlanned || !state.isActive) return;
    this.isPlanned = true;
    window.requestAnimationFrame(this.rendering);
  }`,
  ],
  ['    this.nexts.add(instance);', '    this.nexts.add(instance);\n    this.plan();'],
  [
    `    if (!state.isActive) return;
    window.requestAnimationFrame(this.rendering);`,
    `    this.isPlanned = false;
    if (!state.isActive) return;
    if (this.length > 0) this.plan();`,
  ],
] as const

/**
 * The design system asks for sixty frames a second as long as a page is open, most of them for nothing. Here it asks
 * while one of its pieces follows something, or waits for the next frame.
 */
const framesWhenNeeded = (): Plugin => ({
  name: 'frames-when-needed',
  transform: (code, id) =>
    id.replaceAll('\\', '/').endsWith('/react-dsfr/dsfr/dsfr.module.js')
      ? planOfFrames.reduce((text, [theirs, ours]) => {
          if (text.split(theirs).length !== 2) throw new Error(`the design system no longer says:\n${theirs}`)
          return text.replace(theirs, ours)
        }, code)
      : null,
})

/**
 * The reader of workbooks unzips the large ones in a worker of its own making, which our Content-Security-Policy
 * refuses: here, in the page.
 */
const workbooksUnzipInThePage = (): Plugin => ({
  name: 'workbooks-unzip-in-the-page',
  transform: (code, id) =>
    id.replaceAll('\\', '/').endsWith('/read-excel-file/modules/zip/unzipFromArrayBuffer.js')
      ? code.replace(
          "import { unzip } from 'fflate'",
          `import { unzipSync } from 'fflate'
const unzip = (archive, done) => {
  try { done(null, unzipSync(archive)) } catch (error) { done(error) }
}`,
        )
      : null,
})

/** What our pages and the components of the design system name; the rest of its spacings is no part of the build. */
const spacingsLeftOut = (): string[] => {
  const read = (folder: string, recursive: boolean, kind: RegExp) =>
    readdirSync(folder, { recursive, encoding: 'utf8' })
      .filter(file => kind.test(file))
      .map(file => readFileSync(join(folder, file), 'utf8'))
  return unusedSpacings(readFileSync(join(dsfr, 'core/core.main.min.css'), 'utf8'), [
    ...read(here, true, /\.(?:tsx?|css|html)$/),
    ...read(dirname(dsfr), false, /\.js$/),
  ])
}

export default defineConfig({
  root: here,
  base: '/',
  plugins: [
    iconsInUse(),
    schemasStayOnServer(),
    coloursStayInStyles(),
    framesWhenNeeded(),
    workbooksUnzipInThePage(),
    react(),
  ],
  css: { lightningcss: { unusedSymbols: spacingsLeftOut() } },
  build: {
    outDir: join(here, '../dist'),
    emptyOutDir: true,
    target: ['chrome111', 'firefox115', 'safari16.4'],
    // An inlined font or script would need data: or a hash in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: true,
    // Read by bin/first-visit.ts, which leaves none to serve.
    manifest: true,
    reportCompressedSize: false,
    // What twenty files ask for comes in one: a page that asks for seventy spends its time asking.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'shared', test: /[\\/](?:web|contract)[\\/]/, minShareCount: 20 }] },
      },
    },
  },
})
