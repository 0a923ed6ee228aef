import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { StandInPerson } from '../server/demonstration/stand-in/people.ts'
import { atEveryWidth, axe, closeBrowser, openBrowser, openPage, overflows, type Watched, widths } from './browser.ts'
import { type RunningService, start } from './service.ts'

const shots = process.env['SHOTS']

/**
 * What `npm start` runs (or another service, by `begin`), and a browser, for the journeys of one file. `SHOTS` keeps
 * their pictures, each named after `name`.
 */
export const journeys = (name: string, begin: () => Promise<RunningService> = start) => {
  let running: RunningService
  before(
    async () => {
      ;[running] = await Promise.all([begin(), openBrowser()])
    },
    { timeout: 300_000 },
  )
  after(async () => {
    await closeBrowser()
    await running?.stop()
  })

  const picture = async (page: Page, where: string, { full = true } = {}) => {
    if (!shots) return
    await mkdir(shots, { recursive: true })
    await page.screenshot({ path: join(shots, `${name}-${where}.png`), fullPage: full })
  }
  /** Whole and readable as it stands: nothing for axe, nothing past the edge, no error of the page, no other host. */
  const sound = async ({ page, violations, foreign }: Watched, where: string, { full = true } = {}) => {
    await page.locator('h1').first().waitFor()
    // A read that the service put off, busy as it was, comes within the minute. A map that nobody has scrolled to is
    // not begun.
    await page
      .locator('.cc-skeleton:not(.cc-map__wait .cc-skeleton):visible')
      .first()
      .waitFor({ state: 'detached', timeout: 60_000 })
    await page.evaluate(() => document.fonts.ready)
    await picture(page, where, { full })
    assert.deepEqual(await axe(page), [], `${where}: axe`)
    assert.equal(await overflows(page), false, `${where}: scrolls sideways`)
    assert.deepEqual([violations, foreign], [[], []], `${where}: content policy, page errors, other hosts`)
  }
  const service: Omit<RunningService, 'stop'> = {
    get url() {
      return running.url
    },
    get standIn() {
      return running.standIn
    },
    sql: (query, values) => running.sql(query, values),
  }
  return {
    service,
    picture,
    sound,
    /** The same at each of the three widths. */
    soundAtEveryWidth: async (watched: Watched, where: string) => {
      await atEveryWidth(watched.page, width => sound(watched, `${where}-${width}`))
    },
    /** By the stand-in for ProConnect, with two factors; on the page whose title is `arrives`. */
    signedIn: async (
      person: StandInPerson,
      viewport: { width: number; height: number } = widths.desktop,
      arrives = /^Bonjour/,
    ): Promise<Watched> => {
      const watched = await openPage(service.url, viewport, [service.standIn])
      await signIn(watched.page, person)
      await title(watched.page, arrives)
      return watched
    },
  }
}
/**
 * By the stand-in for ProConnect, which says the level it is told to; the page it comes back to is the caller's to wait
 * for.
 */
export const signIn = async (
  page: Page,
  person: StandInPerson,
  { acr, amr }: { acr: string; amr: string } = { acr: 'eidas2', amr: 'pwd,otp,mfa' },
) => {
  await page.goto('/')
  await page
    .getByRole('link', { name: /ProConnect/ })
    .first()
    .click()
  await page.getByLabel('Personne').selectOption(person.id)
  await page.getByLabel(/^Niveau/).selectOption(acr)
  await page.getByLabel(/^Méthodes/).fill(amr)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}
export const title = (page: Page, name: RegExp | string) => page.getByRole('heading', { name, level: 1 }).waitFor()
/** An entry of the menu, which the first page may name as well. */
export const menu = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Menu principal' }).getByRole('link', { name })

/**
 * The steps of one story: when one fails, those that follow would only wait for what it should have left. `onFailure`
 * looks at what was on screen.
 */
export const storyOf = (onFailure: () => Promise<void>) => {
  let broken = false
  return (name: string, tell: () => Promise<void>) =>
    test(name, async t => {
      if (broken) return t.skip('an earlier step failed')
      broken = true
      try {
        await tell()
        broken = false
      } finally {
        if (broken) await onFailure()
      }
    })
}
