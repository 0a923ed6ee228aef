import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { APIResponse, Page } from 'playwright-core'
import type { StandInPerson } from '../server/demonstration/stand-in/people.ts'
import {
  atEveryWidth,
  axe,
  closeBrowser,
  closePages,
  onScreens,
  openBrowser,
  openPage,
  overflows,
  smallTargets,
  type Watched,
  widths,
} from './browser.ts'
import { type RunningService, start } from './service.ts'

const shots = process.env['SHOTS']
/** Characters told of a page when a test fails. */
const mostOnScreen = 2_000

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
  afterEach(async context => {
    const t = context as TestContext & { readonly passed: boolean }
    if (t.passed) return
    for (const seen of await onScreens()) t.diagnostic(seen.slice(0, mostOnScreen))
  })
  after(async () => {
    // A service takes longer to stop than a browser waits for the next file.
    await closePages()
    try {
      await running?.stop()
    } finally {
      await closeBrowser()
    }
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
    assert.deepEqual(await smallTargets(page), [], `${where}: too small for a finger`)
    assert.deepEqual([violations, foreign], [[], []], `${where}: content policy, page errors, other hosts`)
  }
  const service: Omit<RunningService, 'stop'> = {
    get url() {
      return running.url
    },
    get standIn() {
      return running.standIn
    },
    get dataDir() {
      return running.dataDir
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
      await watched.page.goto(await comeBack(watched.page, person))
      await title(watched.page, arrives)
      return watched
    },
    /** The same, and no page yet: whoever opens an address at once has no use for the first, which is dear. */
    withSession: async (
      person: StandInPerson,
      viewport: { width: number; height: number } = widths.desktop,
    ): Promise<Watched> => {
      const watched = await openPage(service.url, viewport, [service.standIn])
      await comeBack(watched.page, person)
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
  await page.getByText(/^Options :/).click()
  await page.getByLabel(/^Niveau/).selectOption(acr)
  await page.getByLabel(/^Méthodes/).fill(amr)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}
export const title = (page: Page, name: RegExp | string) => page.getByRole('heading', { name, level: 1 }).waitFor()
/**
 * The same way, in the same session, without the two pages that lead there: they are read where signing in is the
 * matter. Answers the address that it comes back to.
 */
const comeBack = async (page: Page, person: StandInPerson): Promise<string> => {
  const { request } = page.context()
  const asked = await whenAnswered(() => request.get('/auth/sign-in'))
  const back = await whenAnswered(() =>
    request.post(asked.url(), { form: { person: person.id, acr: 'eidas2', amr: 'pwd,otp,mfa', fault: 'none' } }),
  )
  assert.equal(back.status(), 200, `${person.id} comes back from ${asked.url()}`)
  return back.url()
}
/** A service that is overloaded says when to ask again: the pages do, and so does this, three times. */
const whenAnswered = async (ask: () => Promise<APIResponse>, left = 3): Promise<APIResponse> => {
  const answer = await ask()
  const after = Number(answer.headers()['retry-after'])
  if (answer.status() !== 503 || !after || left === 0) return answer
  await setTimeout(after * 1000)
  return whenAnswered(ask, left - 1)
}
/** An entry of the menu, which the first page may name as well. */
export const menu = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Menu principal' }).getByRole('link', { name })

/** On the step of conflicts: leaves to each structure what it follows, until none is to be decided. */
export const leaveConflicts = async (page: Page) => {
  await page
    .getByText(/^Aucun établissement n’est déjà suivi|^Il en reste|^Tout est décidé/)
    .first()
    .waitFor()
  const groups = page.getByRole('group', { name: /établissements? \(/ })
  for (let left = await groups.count(); left > 0; left = await groups.count()) {
    const acts = await page.locator('fieldset.cc-conflicts__acts').count()
    await groups.first().getByRole('button', { name: 'Laisser' }).click()
    await page.waitForFunction(count => document.querySelectorAll('fieldset.cc-conflicts__acts').length < count, acts)
    assert.ok((await groups.count()) < left)
  }
}

/**
 * The steps of one story: when one fails, those that follow would only wait for what it should have left. `onFailure`
 * looks at what was on screen, and may say it: the failure then tells it. `atEnd` is done after each step that went well.
 */
export const storyOf = (onFailure: () => Promise<unknown>, atEnd: () => Promise<void> = async () => {}) => {
  let broken = false
  return (name: string, tell: () => Promise<void>) =>
    test(name, async t => {
      if (broken) return t.skip('an earlier step failed')
      broken = true
      try {
        await tell()
        await atEnd()
        broken = false
      } catch (error) {
        const shown = await onFailure()
        if (typeof shown === 'string') throw new Error(`${String(error)}\nOn screen: ${shown}`, { cause: error })
        throw error
      }
    })
}
