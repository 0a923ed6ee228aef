import type { Page } from 'playwright-core'
import { openPage, type Watched } from './browser.ts'

/** What a test changes on a page, or around it, and that a new address would not undo. */
const lastingOnPage = ['on', 'once', 'route', 'addInitScript', 'emulateMedia', 'setExtraHTTPHeaders'] as const
const lastingAround = ['grantPermissions', 'newCDPSession', 'route', 'setGeolocation', 'setOffline'] as const
const lastingOfClock = ['install', 'pauseAt', 'setFixedTime', 'setSystemTime'] as const

/** Calls `note` whenever one of these methods is called. */
const noteCalls = (target: object, names: readonly string[], note: () => void) => {
  const methods = target as Record<string, (...args: unknown[]) => unknown>
  for (const name of names) {
    const method = methods[name]!.bind(target)
    methods[name] = (...args) => {
      note()
      return method(...args)
    }
  }
}

/** Nothing that the last test did may reach the next: neither what the page kept, nor where its mouse stands. */
const leaveNothing = async ({ context, page }: Watched) => {
  // An empty page keeps nothing, and may not ask.
  if (page.url() !== 'about:blank')
    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
  await context.clearCookies()
  await page.mouse.move(0, 0)
}

/** An address within the page that is open would only scroll it. */
const isWithin = (page: Page, address: string) =>
  address.includes('#') && page.url().split('#')[0] === new URL(address, page.url()).href.split('#')[0]

/**
 * The one page of a file of tests, opened at one address after another. It stays in its browser, where the program is
 * already read: that halves what an opening costs. Where a test changed something lasting, the next has a new page.
 * `prepare` is for each new page.
 */
export const pageInTurn = (prepare: (watched: Watched) => Promise<void> = async () => {}) => {
  let watched: Watched | undefined
  let opening = false
  let isChanged = false
  const close = async () => {
    await watched?.context.close()
    watched = undefined
  }
  const openNew = async (baseURL: string, viewport: { width: number; height: number }) => {
    await close()
    const opened = await openPage(baseURL, viewport)
    // What the page before it still said, until the new address is there, is not of this one.
    opened.page.on('framenavigated', frame => {
      if (!opening || frame !== opened.page.mainFrame()) return
      opening = false
      opened.foreign.length = 0
      opened.violations.length = 0
    })
    await prepare(opened)
    isChanged = false
    const note = () => {
      isChanged = true
    }
    noteCalls(opened.page, lastingOnPage, note)
    noteCalls(opened.context, lastingAround, note)
    noteCalls(opened.page.clock, lastingOfClock, note)
    watched = opened
  }
  return {
    watched: (): Watched => watched!,
    close,
    /** Ends what is on the page; the page itself stays for the next address, unless a test changed it. */
    leave: async () => {
      if (!watched || isChanged || watched.page.isClosed()) return close()
      await leaveNothing(watched)
      await watched.page.goto('about:blank')
    },
    open: async (baseURL: string, path: string, viewport: { width: number; height: number }): Promise<Watched> => {
      if (!watched || isChanged || watched.page.isClosed() || isWithin(watched.page, path))
        await openNew(baseURL, viewport)
      else {
        await leaveNothing(watched)
        await watched.page.setViewportSize(viewport)
      }
      const { page } = watched!
      opening = true
      await page.goto(new URL(path, baseURL).href)
      await page.locator('html[data-fr-js] h1').waitFor()
      await page.evaluate(() => document.fonts.ready)
      return watched!
    },
  }
}
