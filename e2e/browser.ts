import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { wholeDepth } from '../server/testing/depth.ts'

export const widths = {
  phone: { width: 320, height: 640 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1440, height: 900 },
} as const

// Ours, not the package's: its own set joins processes and turns web security off, which hides what we look for.
// The pages are composed without a GPU: a software one takes half a second to leave each page. Maps still draw with it.
const flags = [
  '--headless=new',
  '--disable-gpu-compositing',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
]

/** A test leaves a page before its compiled code repays the compiling. What is measured runs as people have it. */
const flagsOfTests = process.env.NODE_TEST_CONTEXT === undefined ? [] : ['--js-flags=--no-maglev,--no-opt']

let started: Promise<{ browser: Browser; folder: string }> | undefined

/**
 * The browser that npm brings, the same everywhere, unpacked once for a version and a user. Unpacked aside and then put
 * in place: test files run at once, and the package itself would hand to the second what the first is still writing.
 */
const unpacked = async (): Promise<string> => {
  const archives = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin')
  const folder = join(
    process.env.TEST_BROWSER_FOLDER ?? tmpdir(),
    `campagnes-chromium-${statSync(join(archives, 'chromium.br')).size}-${process.getuid?.() ?? 'user'}`,
  )
  const ours = () =>
    existsSync(folder) &&
    lstatSync(folder).isDirectory() &&
    lstatSync(folder).uid === (process.getuid?.() ?? lstatSync(folder).uid)
  if (ours()) return folder
  const making = mkdtempSync(`${folder}-`)
  const before = process.env.TMPDIR
  process.env.TMPDIR = making // the package unpacks into the temporary folder, and into nothing else
  try {
    await Promise.all(
      ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'].map(name => inflate(join(archives, name))),
    )
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    renameSync(making, folder)
    return folder
  } catch {
    if (!ours()) return making
    rmSync(making, { recursive: true, force: true })
    return folder
  }
}

const launch = async () => {
  const place = await unpacked()
  const executablePath = join(place, 'chromium')
  // The package also carries the system libraries that a bare container lacks (libnss3 and its kin).
  const lacking = /not found/.test(spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout ?? 'not found')
  const profile = mkdtempSync(join(tmpdir(), 'campagnes-browser-'))
  const env: Record<string, string> = {
    HOME: profile,
    TMPDIR: profile,
    PATH: process.env.PATH ?? '',
    LANG: 'fr_FR.UTF-8',
  }
  if (lacking) env.LD_LIBRARY_PATH = join(place, 'al2023/lib')
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(place, 'fonts')
  const browser = await chromium.launch({
    executablePath,
    args: [...flags, ...flagsOfTests, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    ignoreDefaultArgs: ['--headless'],
    env,
  })
  return { browser, folder: profile }
}

let leaving: NodeJS.Timeout | undefined
export const openBrowser = async (): Promise<Browser> => {
  clearTimeout(leaving)
  started ??= launch()
  return (await started).browser
}
const endBrowser = async () => {
  if (!started) return
  const { browser, folder } = await started
  started = undefined
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
/** Time for the next file of the same process to begin: it takes the browser as it stands. */
const lingerMs = 1_000
/** Leaves no page open; the browser stays. */
export const closePages = async () => {
  if (!started) return
  const { browser } = await started
  await Promise.all(browser.contexts().map(context => context.close()))
}
/** Leaves nothing open; the browser itself ends when no other file asks for it. */
export const closeBrowser = async () => {
  if (!started) return
  await closePages()
  clearTimeout(leaving)
  leaving = setTimeout(() => void endBrowser(), lingerMs)
}

export interface Watched {
  readonly context: BrowserContext
  readonly page: Page
  readonly foreign: string[]
  readonly violations: string[]
}
/** What the service refused or broke, by page. */
const refused = new WeakMap<Page, string[]>()

/** What a page shows and was refused, for whoever reads a failure without its picture. */
export const onScreen = async (page: Page): Promise<string> =>
  [page.url(), ...(refused.get(page) ?? []), await page.locator('body').innerText()].join('\n')

/** The same, of each page left open. */
export const onScreens = async (): Promise<readonly string[]> => {
  const pages = ((await started)?.browser.contexts() ?? []).flatMap(context => context.pages())
  return Promise.all(pages.map(page => onScreen(page).catch(String)))
}

/**
 * A page of its own, watched: requests to other hosts and breaches of the content policy are collected and must stay
 * empty.
 */
export const openPage = async (
  baseURL: string,
  viewport: { width: number; height: number } = widths.desktop,
  hosts: readonly string[] = [],
): Promise<Watched> => {
  const context = await (await openBrowser()).newContext({
    baseURL,
    viewport,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
  })
  // Bounds only: nothing waits longer than it needs, and a slow machine is no fault.
  context.setDefaultTimeout(90_000)
  context.setDefaultNavigationTimeout(120_000)
  // Where the clock is moved, the page reads the same: the browser itself under libfaketime takes ten times its time.
  if (process.env.FAKETIME !== undefined) await context.clock.install({ time: new Date() })
  const page = await context.newPage()
  const foreign: string[] = []
  const violations: string[] = []
  const own = new Set([new URL(baseURL).host, ...hosts])
  page.on('request', request => {
    const { protocol, host } = new URL(request.url())
    if (/^http/.test(protocol) && !own.has(host)) foreign.push(host)
  })
  page.on('console', message => {
    if (/Content Security Policy|Refused to/.test(message.text())) violations.push(message.text())
  })
  const answers: string[] = []
  refused.set(page, answers)
  page.on('response', response => {
    if (response.status() >= 400) answers.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  page.on('pageerror', error => {
    violations.push(`page error: ${error.message}`)
  })
  return { context, page, foreign, violations }
}

/**
 * Gives the page a new size, once its header has followed. The design system answers in a frame of its own: the menu is
 * a dialog with a name when narrow, plain content without one from 992 px on. A page without header has no wait.
 */
export const resize = async (page: Page, size: { width: number; height: number }): Promise<void> => {
  await page.setViewportSize(size)
  await page.waitForFunction(() => {
    const menu = document.querySelector('html[data-fr-js] .fr-header__menu.fr-modal')
    return !menu || menu.hasAttribute('aria-labelledby') === !matchMedia('(min-width: 62em)').matches
  })
}

/**
 * What axe leaves out of a look at the three widths, but in a whole run: all at the width between, where nothing is
 * shown that the two others lack; colours on a phone, nearly half of a look and the same as on a desktop.
 */
const leftOut = new WeakMap<Page, 'all' | 'colours'>()
const leftOutAt = (size: (typeof widths)[keyof typeof widths]) =>
  wholeDepth || size === widths.desktop ? undefined : size === widths.tablet ? 'all' : 'colours'

/** A state of a page looked at in each width, the desktop last. */
export const atEveryWidth = async (page: Page, look: (width: string) => Promise<void>): Promise<void> => {
  for (const size of Object.values(widths)) {
    await resize(page, size)
    const out = leftOutAt(size)
    if (out) leftOut.set(page, out)
    await look(String(size.width)).finally(() => leftOut.delete(page))
  }
}

// No rule that runs reads style sheets or asks for the source of an element: reading them is half of what axe does.
// In ASCII alone it travels, and is read, as half the bytes.
const axeSource =
  `${readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')}; axe.configure({ noHtml: true })`.replace(
    /[^\0-\x7f]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
const axeRun = (options: object) =>
  `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], preload: { assets: ['media'] }, ...options })})
    .then(({ violations }) => violations)`

/** Accessibility violations, in words short enough to read in a failing test. */
export const axe = async (page: Page): Promise<string[]> => {
  const out = leftOut.get(page)
  if (out === 'all') return []
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeSource)
  const rules = out === 'colours' ? { rules: { 'color-contrast': { enabled: false } } } : {}
  const found = (await page.evaluate(axeRun({ ...rules, selectors: false }))) as AxeResults['violations']
  if (found.length === 0) return []
  // Where they stand is worked out for those that will be read.
  const named = (await page.evaluate(axeRun(rules))) as AxeResults['violations']
  return (named.length > 0 ? named : found).map(
    v =>
      `${v.id}: ${v.nodes
        .slice(0, 3)
        .map(n => n.target?.join(' '))
        .join(' ; ')} (${v.help})`,
  )
}

/** Whether the page scrolls sideways: it never should (RGAA 10.11). */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth') as Promise<boolean>

/**
 * On a phone, what a finger has to meet in less than 24 px, but for links within a sentence (WCAG 2.5.8). A box is met
 * by its label.
 */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    if (!matchMedia('(max-width: 47.98em)').matches) return []
    const met = (target: Element) =>
      (target.matches('[type="checkbox"], [type="radio"]') && (target as HTMLInputElement).labels?.[0]) || target
    const inSentence = (target: Element) =>
      getComputedStyle(target).display === 'inline' &&
      (target.parentElement?.textContent ?? '').trim() !== (target.textContent ?? '').trim()
    return [...document.querySelectorAll(':is(main, dialog) :is(a, button, input, select, summary)')].flatMap(
      target => {
        const { width, height } = met(target).getBoundingClientRect()
        const isShown = width > 1 && height > 1 && target.checkVisibility({ visibilityProperty: true })
        return !isShown || inSentence(target) || (width >= 24 && height >= 24)
          ? []
          : [`${target.tagName} « ${(target.textContent ?? '').trim()} » ${Math.round(width)} × ${Math.round(height)}`]
      },
    )
  })

/** Walks `stops` times with Tab, and tells what was under something else while it had the focus (WCAG 2.4.11). */
export const coveredFocus = async (page: Page, stops: number): Promise<string[]> => {
  const covered = new Set<string>()
  for (let at = 0; at < stops; at++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const focused = document.activeElement
      if (!(focused instanceof HTMLElement) || focused.matches('body, dialog, [role="tabpanel"], canvas')) return null
      // A box is drawn by its label.
      const isDrawn = getComputedStyle(focused).opacity !== '0' && focused.getBoundingClientRect().width > 2
      const drawn = isDrawn ? focused : ((focused as HTMLInputElement).labels?.[0] ?? focused)
      const { left, top, width, height } = drawn.getBoundingClientRect()
      const points = [0.1, 0.5, 0.9].flatMap(x =>
        [0.2, 0.5, 0.8].map(y => [left + width * x, top + height * y] as const),
      )
      const isSeen = points.some(([x, y]) => {
        const over = document.elementFromPoint(x, y)
        return over !== null && (drawn.contains(over) || focused.contains(over))
      })
      return isSeen ? null : `${focused.tagName} ${(focused as HTMLInputElement).name || focused.innerText}`
    })
    if (found) covered.add(found)
  }
  return [...covered]
}
